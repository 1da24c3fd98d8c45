package io.clientela.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the service stands on in tests, the same for the application in this process and for the packaged one: a
 * PostgreSQL of its own and the keys of a token issuer.
 */
public class Platform implements QuarkusTestResourceLifecycleManager {
    static final String DATABASE = "test.database";

    private EmbeddedPostgres postgres;
    private Path keys;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start();
            keys = Files.createTempDirectory("clientela-keys");
            Tokens.writeKeys(keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var jdbc = postgres.getJdbcUrl("postgres", "postgres");
        System.setProperty(DATABASE, jdbc);
        return Map.of(
                "quarkus.datasource.jdbc.url",
                jdbc,
                "quarkus.datasource.reactive.url",
                "postgresql://localhost:" + postgres.getPort() + "/postgres",
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "postgres",
                "mp.jwt.verify.publickey.location",
                keys.resolve(Tokens.JWKS).toUri().toString(),
                "mp.jwt.verify.issuer",
                Tokens.ISSUER);
    }

    @Override
    public void stop() {
        try {
            postgres.close();
            try (var files = Files.walk(keys)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
