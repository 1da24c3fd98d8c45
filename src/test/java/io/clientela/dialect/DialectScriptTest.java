package io.clientela.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The requests of each API's documentation, as {@code curl} sends them. */
@QuarkusTest
class DialectScriptTest extends ApiTest {
    private static final Path FOLDER = Path.of("docs/dialects");

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".sh"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyRequestIsAnswered(Path script) throws IOException, InterruptedException {
        var tenant = TestTenant.fresh();
        var process = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
        process.environment().put("URL", RestAssured.baseURI + ":" + RestAssured.port);
        process.environment().put("TOKEN", tenant.token());
        process.environment().put("KEY", tenant.apiKey(TestTokens.allScopes().toArray(String[]::new)));
        process.environment().put("TENANT", tenant.name());

        var running = process.start();
        var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(running.waitFor()).as(output).isZero();
        assertThat(output).containsPattern("--- (delete|end)");
    }
}
