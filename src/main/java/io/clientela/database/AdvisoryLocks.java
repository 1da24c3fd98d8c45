package io.clientela.database;

import io.smallrye.mutiny.Uni;
import java.util.Collection;

/**
 * Locks on names instead of rows, for data that has no row yet (PostgreSQL, "Advisory Locks"). They are held until the
 * current transaction ends. To prevent deadlocks, a transaction acquires all of its advisory locks at once, before it
 * locks rows.
 */
public final class AdvisoryLocks {
    private static final String KEY = "hashtextextended($2 || E'\\n' || $1 || E'\\n' || name, 0)";

    private static final String ACQUIRE = "SELECT count(*) FROM (SELECT pg_advisory_xact_lock(" + KEY + ") FROM unnest("
            + TenantStatement.array(3, "text") + ") AS name) AS locks";

    private static final String TRY_ACQUIRE =
            "SELECT bool_and(pg_try_advisory_xact_lock(" + KEY + ")) FROM unnest($3::text[]) AS name";

    private AdvisoryLocks() {}

    /**
     * Acquires the locks on all of these names, waiting for them. The order of acquisition is always the same, whatever
     * the order of the names.
     *
     * @param kind what the names are names of
     */
    public static Uni<Void> acquire(String tenant, String kind, Collection<String> names) {
        return names.isEmpty()
                ? Uni.createFrom().voidItem()
                : TenantStatement.query(
                                tenant,
                                ACQUIRE,
                                kind,
                                names.stream().sorted().distinct().toArray(String[]::new))
                        .replaceWithVoid();
    }

    /** Acquires the free ones of these locks without waiting; returns whether all were free. */
    public static Uni<Boolean> tryAcquire(String tenant, String kind, Collection<String> names) {
        return names.isEmpty()
                ? Uni.createFrom().item(true)
                : TenantStatement.query(tenant, TRY_ACQUIRE, kind, names.toArray(String[]::new))
                        .map(rows -> (Boolean) rows.get(0)[0]);
    }
}
