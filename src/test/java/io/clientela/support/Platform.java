package io.clientela.support;

import io.quarkus.test.common.DevServicesContext;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Provides the keys of a token issuer and a PostgreSQL for tests. For the application in this process the build starts
 * the PostgreSQL, as in development; for the packaged application this class does.
 */
public class Platform implements QuarkusTestResourceLifecycleManager, DevServicesContext.ContextAware {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private boolean packaged;
    private EmbeddedPostgres postgres;
    private Path keys;

    /** Called before {@link #start()}, for the packaged application only. */
    @Override
    public void setIntegrationTestContext(DevServicesContext context) {
        packaged = true;
    }

    @Override
    public Map<String, String> start() {
        try {
            Map<String, String> settings = new HashMap<>();
            keys = Files.createTempDirectory("clientela-keys");
            TestTokens.writeKeys(keys);
            settings.put(
                    "mp.jwt.verify.publickey.location",
                    keys.resolve(TestTokens.JWKS).toUri().toString());
            settings.put(
                    "smallrye.jwt.sign.key.location",
                    keys.resolve(TestTokens.PRIVATE).toUri().toString());
            settings.put("smallrye.jwt.sign.key.id", TestTokens.RSA);
            settings.put("mp.jwt.verify.issuer", TestTokens.ISSUER);
            settings.put("mp.jwt.verify.audiences", TestTokens.AUDIENCE);
            if (packaged) {
                postgres = EmbeddedPostgres.builder().setPGStartupWait(TIMEOUT).start();
                settings.putAll(database());
                System.setProperty(TestDatabase.URL, settings.get("quarkus.datasource.jdbc.url"));
            }
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> database() {
        return Map.of(
                "quarkus.datasource.jdbc.url",
                postgres.getJdbcUrl("postgres", "postgres"),
                "quarkus.datasource.reactive.url",
                "postgresql://localhost:" + postgres.getPort() + "/postgres",
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "postgres");
    }

    @Override
    public void stop() {
        try (var files = Files.walk(keys)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
            if (postgres != null) {
                postgres.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
