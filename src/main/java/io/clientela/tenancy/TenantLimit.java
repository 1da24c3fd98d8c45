package io.clientela.tenancy;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;

/** Limits how many of something this instance has open at the same time: for each tenant, and for all together. */
public final class TenantLimit {
    private final int max;
    private final int maxOfAll;
    private final Map<String, Integer> open = new HashMap<>();
    private int openOfAll;

    /** Limits each tenant only. */
    public TenantLimit(int max) {
        this(max, Integer.MAX_VALUE);
    }

    public TenantLimit(int max, int maxOfAll) {
        this.max = max;
        this.maxOfAll = maxOfAll;
    }

    /**
     * Counts one more, until {@link #release}.
     *
     * @throws ProblemException 429 {@code too_many_requests} if the tenant has its maximum, 503 {@code overloaded} if
     *     all tenants together have
     */
    public synchronized void acquire(String tenant) {
        if (open.getOrDefault(tenant, 0) >= max) {
            throw Failures.tooManyRequests();
        }
        if (openOfAll >= maxOfAll) {
            throw Failures.overloaded();
        }
        open.merge(tenant, 1, Integer::sum);
        openOfAll++;
    }

    /** Counts one less. */
    public synchronized void release(String tenant) {
        open.computeIfPresent(tenant, (name, count) -> count == 1 ? null : count - 1);
        openOfAll--;
    }
}
