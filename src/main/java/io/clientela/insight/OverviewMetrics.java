package io.clientela.insight;

import io.clientela.customer.Segment;
import io.clientela.tenancy.TenantMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * Publishes figures of overviews as metrics. Nothing is computed for them: a tenant's figures are those of the last
 * overview that somebody asked this instance for, and end when that is an hour old. Each tenant has time series of its
 * own, so only the first ones are published, as many as have their own metrics of requests.
 */
@Singleton
class OverviewMetrics {
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private final MeterRegistry meters;
    private final int maxTenants;
    private final Clock clock;
    private final Map<String, OverviewView> latest = new ConcurrentHashMap<>();

    @Inject
    OverviewMetrics(MeterRegistry meters, TenantMetrics.Settings settings) {
        this(meters, settings.tenants(), Clock.systemUTC());
    }

    OverviewMetrics(MeterRegistry meters, int maxTenants, Clock clock) {
        this.meters = meters;
        this.maxTenants = maxTenants;
        this.clock = clock;
    }

    /** Publishes a new overview of a tenant; that of a location is not published. */
    synchronized void record(String tenant, Optional<String> location, OverviewView overview) {
        if (location.isPresent() || (latest.size() >= maxTenants && !latest.containsKey(tenant))) {
            return;
        }
        if (latest.put(tenant, overview) == null) {
            register(tenant);
        }
    }

    private void register(String tenant) {
        for (Segment segment : Segment.values()) {
            gauge("clientela.customers", tenant, shown -> shown.segments().getOrDefault(segment.toString(), 0L))
                    .description("Customers of a tenant, as its last overview counted them")
                    .tag("segment", segment.toString())
                    .register(meters);
        }
        gauge("clientela.duplicates.waiting", tenant, OverviewView::duplicatesWaiting)
                .description("Likely duplicates of a tenant, as its last overview counted them")
                .register(meters);
    }

    private Gauge.Builder<?> gauge(String name, String tenant, ToLongFunction<OverviewView> figure) {
        return Gauge.builder(name, latest, overviews -> figureOf(overviews.get(tenant), figure))
                .tag("tenant", tenant);
    }

    private double figureOf(OverviewView overview, ToLongFunction<OverviewView> figure) {
        var oldest = Instant.now(clock).minus(MAX_AGE);
        return overview.asOf().isBefore(oldest) ? Double.NaN : figure.applyAsLong(overview);
    }
}
