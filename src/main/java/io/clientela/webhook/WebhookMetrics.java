package io.clientela.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The metrics of deliveries to webhooks. */
@Singleton
class WebhookMetrics {
    private final Map<DeliveryStatus, Counter> attempts = new EnumMap<>(DeliveryStatus.class);
    private final AtomicLong unfinished = new AtomicLong();
    private final Counter added;
    private final Timer delay;

    WebhookMetrics(DeliverySlots slots, MeterRegistry meters) {
        attempts.put(DeliveryStatus.SUCCEEDED, attempts("succeeded", meters));
        attempts.put(DeliveryStatus.PENDING, attempts("retried", meters));
        attempts.put(DeliveryStatus.FAILED, attempts("failed", meters));
        this.added = Counter.builder("clientela.webhook.deliveries")
                .description("Deliveries that this instance added for new events")
                .register(meters);
        this.delay = Timer.builder("clientela.webhook.delay")
                .description("From when a delivery was added until the receiver accepted it")
                .register(meters);
        Gauge.builder("clientela.webhook.in.flight", slots, DeliverySlots::used)
                .description("Deliveries that this instance is sending")
                .register(meters);
        Gauge.builder("clientela.webhook.unfinished", unfinished, AtomicLong::get)
                .description("Deliveries of all tenants that are not finished, at most 100,000")
                .register(meters);
    }

    private static Counter attempts(String outcome, MeterRegistry meters) {
        return Counter.builder("clientela.webhook.attempts")
                .description("Attempts of deliveries by their outcome")
                .tag("outcome", outcome)
                .register(meters);
    }

    void count(DeliveryResult result) {
        attempts.get(result.status()).increment();
        if (result.succeeded()) {
            delay.record(Duration.between(result.createdAt(), Instant.now()));
        }
    }

    void countAdded(long deliveries) {
        added.increment(deliveries);
    }

    void setUnfinished(long deliveries) {
        unfinished.set(deliveries);
    }
}
