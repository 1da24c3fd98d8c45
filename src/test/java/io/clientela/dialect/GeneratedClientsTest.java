package io.clientela.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * TypeScript clients that are generated from the OpenAPI documents of all APIs, and a program that walks a customer
 * through them. Needs Node.js, and once the npm registry; without them it is skipped.
 */
@QuarkusTest
class GeneratedClientsTest extends ApiTest {
    private static final Path FOLDER = Path.of("src/test/clients");
    private static final Path INSTALLED = FOLDER.resolve("node_modules/.package-lock.json");
    private static final int MIN_NODE = 20;

    private record Result(int status, String output) {}

    @Test
    void generatedClientsWalkThroughAllApis() throws IOException, InterruptedException {
        assumeTrue(nodeVersion() >= MIN_NODE, "Skipped: Node.js " + MIN_NODE + " or newer, with npm, is not installed");
        assumeTrue(isInstalled() || run("npm", "ping").status() == 0, "Skipped: the npm registry cannot be reached");
        if (!isInstalled()) {
            var installed = run("npm", "ci", "--no-audit", "--no-fund");
            assertThat(installed.status()).as(installed.output()).isZero();
        }

        var walk = run("npm", "--silent", "start");

        assertThat(walk.status()).as(walk.output()).isZero();
        assertThat(walk.output()).contains("Voki", "Business location", "Aivapad", "Dooki", "Storefront", "Clientela");
    }

    private static int nodeVersion() throws InterruptedException {
        try {
            var version = run("node", "--version").output().strip();
            run("npm", "--version");
            return Integer.parseInt(version.substring(1, version.indexOf('.')));
        } catch (IOException notInstalled) {
            return 0;
        }
    }

    private static boolean isInstalled() throws IOException {
        return Files.exists(INSTALLED)
                && Files.getLastModifiedTime(INSTALLED)
                                .compareTo(Files.getLastModifiedTime(FOLDER.resolve("package-lock.json")))
                        >= 0;
    }

    private static Result run(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(List.of(command)).directory(FOLDER.toFile()).redirectErrorStream(true);
        var tenant = TestTenant.fresh();
        process.environment().put("URL", RestAssured.baseURI + ":" + RestAssured.port);
        process.environment().put("TENANT", tenant.name());
        process.environment().put("TOKEN", tenant.token());
        var running = process.start();
        var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(running.waitFor(), output);
    }
}
