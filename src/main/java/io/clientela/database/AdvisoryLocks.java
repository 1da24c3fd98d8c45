package io.clientela.database;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Collection;

/**
 * Locks on names instead of rows, for data that has no row yet (PostgreSQL, "Advisory Locks"). They are held until the
 * current transaction ends. To prevent deadlocks, a transaction acquires all of its advisory locks at once, before it
 * locks rows.
 */
public final class AdvisoryLocks {
    private AdvisoryLocks() {}

    /**
     * Acquires the locks on all of these names, waiting for them. The order of acquisition is always the same, whatever
     * the order of the names.
     */
    public static Uni<Void> acquire(Collection<String> names) {
        if (names.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                SELECT count(*) FROM (
                                    SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
                                    FROM unnest(cast(:names AS text[])) AS name) AS locks""", Long.class)
                        .setParameter(
                                "names", names.stream().sorted().distinct().toArray(String[]::new))
                        .getSingleResult())
                .replaceWithVoid();
    }

    /** Acquires the free ones of these locks without waiting; returns whether all were free. */
    public static Uni<Boolean> tryAcquire(Collection<String> names) {
        return names.isEmpty()
                ? Uni.createFrom().item(true)
                : Panache.getSession().chain(session -> session.createNativeQuery("""
                                SELECT bool_and(pg_try_advisory_xact_lock(hashtextextended(name, 0)))
                                FROM unnest(cast(:names AS text[])) AS name""", Boolean.class)
                        .setParameter("names", names.toArray(String[]::new))
                        .getSingleResult());
    }
}
