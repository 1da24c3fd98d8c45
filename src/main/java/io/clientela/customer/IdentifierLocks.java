package io.clientela.customer;

import io.clientela.database.AdvisoryLocks;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;

/**
 * Advisory locks on identifiers. Acquire them before checking uniqueness and before locking rows (ADR 3); requests that
 * share an identifier then run one after the other.
 */
public final class IdentifierLocks {
    /**
     * The number of locks per tenant, shared by all identifiers: enough that unrelated requests rarely wait for each
     * other, and few enough that a batch of 1000 customers fits into the database's lock table.
     */
    private static final int STRIPES = 2048;

    private static final String KIND = "identifier";

    private IdentifierLocks() {}

    /** Locks these identifiers of a tenant until the transaction ends. */
    public static Uni<Void> acquire(String tenant, Collection<Identifier> identifiers) {
        return AdvisoryLocks.acquire(tenant, KIND, names(identifiers));
    }

    /**
     * Locks these identifiers of a tenant if no other transaction holds any of them. For transactions that have locked
     * rows already and must not wait (ADR 3).
     */
    public static Uni<Boolean> tryAcquire(String tenant, Collection<Identifier> identifiers) {
        return AdvisoryLocks.tryAcquire(tenant, KIND, names(identifiers));
    }

    private static List<String> names(Collection<Identifier> identifiers) {
        return identifiers.stream()
                .map(identifier -> String.valueOf(stripe(identifier)))
                .distinct()
                .toList();
    }

    /** Hashes text, whose hash code is the same in every process; that of an enum constant is not (JLS). */
    private static int stripe(Identifier identifier) {
        return Math.floorMod((identifier.kind() + "\n" + identifier.key()).hashCode(), STRIPES);
    }
}
