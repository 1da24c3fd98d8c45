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
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the packaged application starts: a native executable if that is what was built, else the JVM's package. */
class StartupIT {
    private static final int MISCONFIGURED = 78;
    private static final String AUDIENCES = "MP_JWT_VERIFY_AUDIENCES";
    private static final String ANY_AUDIENCE = "CLIENTELA_SECURITY_ANY_AUDIENCE";

    private static final Map<String, String> COMPLETE = Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            "postgresql://localhost:1/none",
            "QUARKUS_DATASOURCE_JDBC_URL",
            "jdbc:postgresql://localhost:1/none",
            "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
            "https://issuer.test/jwks.json",
            "MP_JWT_VERIFY_ISSUER",
            "https://issuer.test",
            AUDIENCES,
            "clientela");

    private record Exit(int code, String output) {}

    @Test
    void startWithoutSettingsListsAllRequired() throws Exception {
        var exit = run(Map.of());

        assertThat(exit.code()).isEqualTo(MISCONFIGURED);
        assertThat(exit.output().strip()).hasLineCount(1).contains(COMPLETE.keySet());
    }

    @ParameterizedTest
    @MethodSource("required")
    void startWithoutOneSettingNamesOnlyIt(String missing) throws Exception {
        var settings = completeAnd(Map.of());
        settings.remove(missing);

        var exit = run(settings);

        assertThat(exit.code()).isEqualTo(MISCONFIGURED);
        assertThat(exit.output().strip())
                .hasLineCount(1)
                .contains(missing)
                .doesNotContain(settings.keySet().toArray(String[]::new));
    }

    @Test
    void anyAudienceSetToFalseRequiresAudiences() throws Exception {
        var settings = completeAnd(Map.of(ANY_AUDIENCE, "false"));
        settings.remove(AUDIENCES);

        var exit = run(settings);

        assertThat(exit.code()).isEqualTo(MISCONFIGURED);
        assertThat(exit.output()).contains(AUDIENCES);
    }

    @Test
    void startWithRequiredSettingsLogsNoWarning() throws Exception {
        var log = logOfStart(completeAnd(Map.of()));

        assertThat(log).contains("Listening on").doesNotContain("Recommended:");
    }

    @ParameterizedTest
    @ValueSource(strings = {ANY_AUDIENCE + "=true", "MP_JWT_VERIFY_PUBLICKEY_LOCATION=http://issuer.test/jwks.json"})
    void startWithRiskySettingLogsRecommendation(String setting) throws Exception {
        var name = setting.substring(0, setting.indexOf('='));
        var settings = completeAnd(Map.of(name, setting.substring(name.length() + 1)));
        if (name.equals(ANY_AUDIENCE)) {
            settings.remove(AUDIENCES);
        }

        var log = logOfStart(settings);

        assertThat(log.lines().filter(line -> line.contains("Recommended:")))
                .singleElement()
                .asString()
                .contains("WARN", name);
    }

    @Test
    void startWithTooShortHistoryNamesShortestTime() throws Exception {
        var exit = run(completeAnd(Map.of("CLIENTELA_RETENTION_HISTORY", "6D")));

        assertThat(exit.code()).isNotZero();
        assertThat(exit.output()).contains("set CLIENTELA_RETENTION_HISTORY to 7D or longer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CLIENTELA_DELETE_REFUSED_WITH | invoices | to any of orders, open_orders, calls, recent_activity
            CLIENTELA_DELETE_RECENT_DAYS  | 0        | to a number of days such as 30
            """)
    void startWithUnknownDeleteRuleNamesWhatToSet(String name, String value, String values) throws Exception {
        var exit = run(completeAnd(Map.of(name, value)));

        assertThat(exit.code()).isNotZero();
        assertThat(exit.output()).contains("set " + name + " " + values);
    }

    @Test
    void jsonLogHasOneObjectPerLine() throws Exception {
        var exit = run(completeAnd(Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true"))); // fails: no such database

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

    private static List<String> required() {
        return List.copyOf(COMPLETE.keySet());
    }

    private static Map<String, String> completeAnd(Map<String, String> further) {
        var settings = new HashMap<>(COMPLETE);
        settings.putAll(further);
        return settings;
    }

    private static Exit run(Map<String, String> settings) throws IOException, InterruptedException {
        var process = start(settings);
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Exit(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What is logged until the service listens, which without migrations it does without a database. */
    private static String logOfStart(Map<String, String> settings) throws IOException {
        settings.put("QUARKUS_FLYWAY_MIGRATE_AT_START", "false");
        settings.put("QUARKUS_HTTP_PORT", "0");
        var process = start(settings);
        var log = new StringBuilder();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.append(line).append('\n');
                if (line.contains("Listening on")) {
                    break;
                }
            }
        } finally {
            process.destroyForcibly();
        }
        return log.toString();
    }

    private static Process start(Map<String, String> settings) throws IOException {
        var builder = new ProcessBuilder(command()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(QUARKUS|MP_JWT|CLIENTELA)_.*"));
        builder.environment().putAll(settings);
        return builder.start();
    }

    private static List<String> command() throws IOException {
        var target = Path.of("target");
        var artifact = new Properties();
        try (var properties = Files.newBufferedReader(target.resolve("quarkus-artifact.properties"))) {
            artifact.load(properties);
        }
        var path = target.resolve(artifact.getProperty("path")).toString();
        List<String> command = new ArrayList<>();
        if (!artifact.getProperty("type").equals("native")) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-jar");
        }
        command.add(path);
        return command;
    }
}
