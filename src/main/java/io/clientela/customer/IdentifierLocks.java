package io.clientela.customer;

import io.clientela.database.AdvisoryLocks;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;

/**
 * Keeps two requests from giving one identifier to two customers while neither sees the other. Whoever is going to give
 * a customer an identifier and wants to be the only one takes it here before it looks who has it, and before it locks
 * any row (ADR 3).
 */
public final class IdentifierLocks {
    /**
     * Identifiers share so many locks in each tenant: enough that two requests hardly meet by chance, and few enough
     * that a batch of a thousand customers fits into the database's lock table.
     */
    private static final int STRIPES = 2048;

    private IdentifierLocks() {}

    /** Takes these identifiers of a tenant until the transaction ends. */
    public static Uni<Void> acquire(String tenant, Collection<Identifier> identifiers) {
        return AdvisoryLocks.acquire(names(tenant, identifiers));
    }

    /**
     * Takes these identifiers of a tenant if nobody else has any of them: for whoever holds rows already, and learned
     * of identifiers too late to wait for them.
     */
    public static Uni<Boolean> tryAcquire(String tenant, Collection<Identifier> identifiers) {
        return AdvisoryLocks.tryAcquire(names(tenant, identifiers));
    }

    private static List<String> names(String tenant, Collection<Identifier> identifiers) {
        return identifiers.stream()
                .map(identifier -> "identifier\n" + tenant + "\n" + stripe(identifier))
                .distinct()
                .toList();
    }

    /** The same in every process: only text hashes are (JLS leaves those of enums open). */
    private static int stripe(Identifier identifier) {
        return Math.floorMod((identifier.kind() + "\n" + identifier.key()).hashCode(), STRIPES);
    }
}
