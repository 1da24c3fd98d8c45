package io.clientela;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** Starts the service. */
@QuarkusMain
public final class Clientela {
    private static final int MISCONFIGURED = 78; // EX_CONFIG of sysexits.h

    /** The settings required in production; of each entry, one must be set. */
    private static final List<List<String>> REQUIRED = List.of(
            List.of("quarkus.datasource.reactive.url"),
            List.of("quarkus.datasource.jdbc.url"),
            List.of("mp.jwt.verify.publickey.location", "mp.jwt.verify.publickey"),
            List.of("mp.jwt.verify.issuer"));

    private static final String EMBEDDED_DATABASE = "/io/zonky/test/db/postgres/embedded/EmbeddedPostgres.class";

    Clientela() {}

    /** Starts the service. In production, prints the missing settings and exits if there are any. */
    public static void main(String... args) {
        var config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        var missing = isDevelopment() ? Optional.<String>empty() : missing(config);
        if (missing.isPresent()) {
            System.err.println(missing.get());
            System.exit(MISCONFIGURED);
        }
        Quarkus.run(args);
    }

    /**
     * Development and tests have an embedded database on the class path, and get keys and an issuer with it; no package
     * has one.
     */
    private static boolean isDevelopment() {
        return Clientela.class.getResource(EMBEDDED_DATABASE) != null;
    }

    private static Optional<String> missing(SmallRyeConfig config) {
        var missing = REQUIRED.stream()
                .filter(settings -> settings.stream().noneMatch(setting -> isSet(config, setting)))
                .map(settings -> variable(settings.get(0)))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Clientela cannot start: set " + String.join(", ", missing)
                        + " (see the table of settings in the README).");
    }

    private static boolean isSet(SmallRyeConfig config, String setting) {
        return config.getOptionalValue(setting, String.class)
                .filter(value -> !value.isBlank())
                .isPresent();
    }

    /** A setting's name as an environment variable (MicroProfile Config 3.1, section "Default ConfigSources"). */
    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
