package io.clientela;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. */
@QuarkusMain
public final class Clientela {
    private static final int MISCONFIGURED = 78; // EX_CONFIG of sysexits.h

    private static final String EMBEDDED_DATABASE = "/io/zonky/test/db/postgres/embedded/EmbeddedPostgres.class";

    Clientela() {}

    /** Starts the service, unless a production start lacks required settings: then lists them and exits. */
    public static void main(String... args) {
        if (!isDevelopment()) {
            requireSettings();
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

    /** Before the start: Quarkus would name the first missing setting only, in a message of its own. */
    private static void requireSettings() {
        var missing = new RequiredSettings().missing();
        if (!missing.isEmpty()) {
            System.err.println("Clientela cannot start: set " + String.join(", ", missing)
                    + " (the README's table of settings says what each is).");
            System.exit(MISCONFIGURED);
        }
    }
}
