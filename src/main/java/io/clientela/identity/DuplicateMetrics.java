package io.clientela.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures the comparison of customers in the background. */
@Singleton
class DuplicateMetrics {
    private final AtomicInteger tenantsBehind = new AtomicInteger();
    private final Counter compared;
    private final Counter failures;

    DuplicateMetrics(MeterRegistry meters) {
        Gauge.builder("clientela.duplicates.tenants.behind", tenantsBehind, AtomicInteger::get)
                .description("Tenants with customers to be compared, when the last run began")
                .register(meters);
        compared = Counter.builder("clientela.duplicates.compared")
                .description("New and changed customers that were compared with others")
                .register(meters);
        failures = Counter.builder("clientela.duplicates.failures")
                .description("Comparisons of a tenant's customers that failed, and runs that could not begin")
                .register(meters);
    }

    /** Records how many tenants have customers to be compared. */
    void recordTenantsBehind(int tenants) {
        tenantsBehind.set(tenants);
    }

    /** Counts customers whose comparison is stored. */
    void countCompared(int customers) {
        compared.increment(customers);
    }

    void countFailure() {
        failures.increment();
    }
}
