package io.clientela.database;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Collection;

/**
 * Locks that belong to names instead of rows, for what has no row yet (PostgreSQL, "Advisory Locks"). They are held
 * until the present transaction ends. Whoever takes locks of rows, too, takes those of names first, and all of them at
 * once: so nobody waits for another in a circle.
 */
public final class AdvisoryLocks {
    private AdvisoryLocks() {}

    /** Waits until all of these names are ours. They are taken in one order, whatever the order they are given in. */
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

    /** Takes those of these names that nobody has, without waiting; says whether that was all of them. */
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
