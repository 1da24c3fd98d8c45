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
 * Counts requests by tenant. Each tenant is a time series in the monitoring system, so their number is limited: the
 * first tenants have a counter each, all others share one.
 */
@Singleton
public class TenantMetrics {
    private static final String OTHERS = "(others)";

    private final MeterRegistry meters;
    private final int maxTenants;
    private final Map<String, Map<Outcome, Counter>> counters = new ConcurrentHashMap<>();

    TenantMetrics(MeterRegistry meters, Settings settings) {
        this.meters = meters;
        this.maxTenants = settings.tenants();
    }

    /** Limits of the metrics. */
    @ConfigMapping(prefix = "clientela.metrics")
    public interface Settings {
        /** The maximum number of tenants with a counter of their own. */
        @WithDefault("100")
        @Min(0)
        int tenants();
    }

    /** Counts a request with this response status. */
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
        var existing = counters.get(tenant);
        return existing != null
                ? existing
                : counters.computeIfAbsent(label(tenant), label -> new ConcurrentHashMap<>());
    }

    private String label(String tenant) {
        return counters.containsKey(tenant) || counters.size() < maxTenants ? tenant : OTHERS;
    }
}
