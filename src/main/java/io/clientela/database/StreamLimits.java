package io.clientela.database;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.TenantLimit;

/**
 * Limits how many streams use a connection at the same time: a reader can hold one for minutes, so that they must leave
 * connections for short requests. Streams do not wait for each other.
 */
final class StreamLimits {
    private final int all;
    private final TenantLimit tenants;
    private int used;

    private StreamLimits(int all, int tenant) {
        this.all = all;
        this.tenants = new TenantLimit(tenant);
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
        tenants.acquire(name);
        if (used >= all) {
            tenants.release(name);
            throw Failures.overloaded();
        }
        used++;
    }

    /** Counts a stream that ended. */
    synchronized void release(String name) {
        used--;
        tenants.release(name);
    }
}
