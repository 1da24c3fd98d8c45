package io.clientela.tenancy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.Min;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts requests by tenant. Each tenant is a time series of its own in every monitoring system, so only so many are
 * told apart, the first that are met; all others are counted together.
 */
@Singleton
public class TenantMetrics {
    private static final String OTHERS = "(others)";

    private final MeterRegistry meters;
    private final int most;
    private final Map<String, Map<Outcome, Counter>> counters = new ConcurrentHashMap<>();

    TenantMetrics(MeterRegistry meters, Settings settings) {
        this.meters = meters;
        this.most = settings.tenants();
    }

    /** How much metrics may tell. */
    @ConfigMapping(prefix = "clientela.metrics")
    public interface Settings {
        /** How many tenants are told apart. */
        @WithDefault("100")
        @Min(0)
        int tenants();
    }

    /** Counts a request that was answered with this status. */
    void count(String tenant, int status) {
        counters(tenant)
                .computeIfAbsent(
                        Outcome.forStatus(status),
                        outcome -> meters.counter(
                                "clientela.requests",
                                Tags.of("tenant", label(tenant)).and(outcome.asTag())))
                .increment();
    }

    private Map<Outcome, Counter> counters(String tenant) {
        var known = counters.get(tenant);
        return known != null ? known : counters.computeIfAbsent(label(tenant), label -> new ConcurrentHashMap<>());
    }

    private String label(String tenant) {
        return counters.containsKey(tenant) || counters.size() < most ? tenant : OTHERS;
    }
}
