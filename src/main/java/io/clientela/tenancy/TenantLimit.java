package io.clientela.tenancy;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Limits how many of something each tenant has open in this instance at the same time. */
public final class TenantLimit {
    private final int max;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    public TenantLimit(int max) {
        this.max = max;
    }

    /**
     * Counts one more, until {@link #release}.
     *
     * @throws ProblemException 429 {@code too_many_requests} if the tenant has its maximum
     */
    public void acquire(String tenant) {
        if (open.merge(tenant, 1, Integer::sum) > max) {
            release(tenant);
            throw Failures.tooManyRequests();
        }
    }

    /** Counts one less. */
    public void release(String tenant) {
        open.computeIfPresent(tenant, (name, count) -> count == 1 ? null : count - 1);
    }
}
