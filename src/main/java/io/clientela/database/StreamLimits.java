package io.clientela.database;

import io.clientela.tenancy.TenantLimit;

/**
 * Limits how many streams use a connection at the same time: a reader can hold one for minutes, so that they must leave
 * connections for short requests. Streams do not wait for each other.
 */
final class StreamLimits {
    private StreamLimits() {}

    /**
     * Returns the limits beside those of the connections: half of the connections for all streams, and half of a
     * tenant's share for its streams, at least one each.
     *
     * @param maxPerTenant the maximum for a tenant, whatever its share is
     */
    static TenantLimit of(ConnectionShares.Limits connections, int maxPerTenant) {
        return new TenantLimit(
                Math.min(maxPerTenant, Math.max(1, connections.tenant() / 2)), Math.max(1, connections.all() / 2));
    }
}
