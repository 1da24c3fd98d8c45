package io.clientela;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Start of the packaged application with missing settings. */
class StartupIT {
    private static final Map<String, String> COMPLETE = Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:1/none",
            "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://localhost:1/none",
            "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "https://issuer.test/jwks.json",
            "MP_JWT_VERIFY_ISSUER", "https://issuer.test");

    private record Exit(int code, String output) {}

    @Test
    void missingSettingsAreListedInOneLine() throws Exception {
        var nothingSet = start(Map.of());
        assertThat(nothingSet.code()).isNotZero();
        assertThat(nothingSet.output().strip()).hasLineCount(1).contains(COMPLETE.keySet());
        for (String missing : COMPLETE.keySet()) {
            var settings = new HashMap<>(COMPLETE);
            settings.remove(missing);
            var exit = start(settings);
            assertThat(exit.code()).as(missing).isNotZero();
            assertThat(exit.output().strip()).hasLineCount(1).contains(missing);
            settings.keySet().forEach(present -> assertThat(exit.output()).doesNotContain(present));
        }
    }

    @Test
    void settingSwitchesLogToJson() throws Exception {
        var settings = new HashMap<>(COMPLETE);
        settings.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        var exit = start(settings); // fails and logs that there is no such database
        assertThat(exit.code()).isNotZero();
        assertThat(exit.output().strip().lines().map(JsonObject::new))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.fieldNames()).contains("timestamp", "level", "loggerName", "message"));
    }

    @Test
    void packageHasNoEmbeddedDatabase() throws IOException {
        var application = Path.of("target/quarkus-app");
        if (Files.exists(application)) {
            try (var files = Files.walk(application)) {
                assertThat(files.map(Path::toString)
                                .filter(name -> name.contains("zonky") || name.contains("embedded")))
                        .isEmpty();
            }
        }
    }

    private static Exit start(Map<String, String> settings) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("MP_JWT_"));
        builder.environment().putAll(settings);
        var process = builder.start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Exit(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command() {
        var executable = Path.of(System.getProperty("native.image.path"));
        if (Files.isExecutable(executable)) {
            return List.of(executable.toString());
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add("target/quarkus-app/quarkus-run.jar");
        return command;
    }
}
