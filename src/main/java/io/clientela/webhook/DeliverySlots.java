package io.clientela.webhook;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** Bounds how many deliveries this instance sends at the same time, in all and for each tenant. */
@Singleton
class DeliverySlots {
    private final int max;
    private final int maxOfTenant;
    private final Map<String, Integer> usedByTenant = new HashMap<>();
    private int used;
    private boolean closed;

    DeliverySlots(DeliverySettings settings) {
        this.max = settings.maxInFlightInAll();
        this.maxOfTenant = settings.maxInFlightPerTenant();
    }

    /** Takes as many slots as are free, at most the number that is wanted; returns how many. */
    synchronized int acquire(String tenant, int wanted) {
        int free = Math.min(max - used, maxOfTenant - usedByTenant.getOrDefault(tenant, 0));
        int acquired = closed ? 0 : Math.max(0, Math.min(wanted, free));
        if (acquired > 0) {
            used += acquired;
            usedByTenant.merge(tenant, acquired, Integer::sum);
        }
        return acquired;
    }

    /** Gives slots back. */
    synchronized void release(String tenant, int count) {
        used -= count;
        usedByTenant.computeIfPresent(tenant, (name, before) -> before == count ? null : before - count);
    }

    /** Ends sending: no slot is free from now on. */
    synchronized void close() {
        closed = true;
    }

    /** Returns how many are in use. */
    synchronized int used() {
        return used;
    }
}
