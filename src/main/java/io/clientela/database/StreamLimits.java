package io.clientela.database;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits how many streams use a connection at the same time: a reader can hold one for minutes, so that they must leave
 * connections for short requests. Streams do not wait for each other.
 */
final class StreamLimits {
    private final int all;
    private final int tenant;

    private final Map<String, Integer> usedByTenant = new HashMap<>();
    private int used;

    private StreamLimits(int all, int tenant) {
        this.all = all;
        this.tenant = tenant;
    }

    /**
     * Creates the limits beside those of the connections: half of the connections for all streams, and half of a
     * tenant's share for its streams, at least one each.
     *
     * @param maxPerTenant the maximum for a tenant, whatever its share is
     */
    static StreamLimits of(ConnectionShares.Limits connections, int maxPerTenant) {
        return new StreamLimits(
                Math.max(1, connections.all() / 2), Math.min(maxPerTenant, Math.max(1, connections.tenant() / 2)));
    }

    /**
     * Counts a stream that begins.
     *
     * @throws ProblemException 429 {@code too_many_requests} if the tenant has its maximum of streams, 503
     *     {@code overloaded} if all tenants together have
     */
    synchronized void acquire(String name) {
        if (usedByTenant.getOrDefault(name, 0) >= tenant) {
            throw Failures.tooManyRequests();
        }
        if (used >= all) {
            throw Failures.overloaded();
        }
        used++;
        usedByTenant.merge(name, 1, Integer::sum);
    }

    /** Counts a stream that ended. */
    synchronized void release(String name) {
        used--;
        usedByTenant.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1);
    }
}
