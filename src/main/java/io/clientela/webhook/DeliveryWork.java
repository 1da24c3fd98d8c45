package io.clientela.webhook;

import io.clientela.webhook.send.CloudEvents;
import io.clientela.webhook.send.WebhookRequest;
import io.clientela.webhook.send.WebhookSender;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** The steps of a delivery: lease, send, write the result, and switch off a webhook that is not answered. */
@ApplicationScoped
class DeliveryWork {
    private static final Logger LOG = Logger.getLogger(DeliveryWork.class);

    /** After failures for so long a webhook is switched off. */
    static final Duration MAX_FAILING = Duration.ofDays(3);

    /** So many at a time find out whether an endpoint works again: one that does not uses no more. */
    private static final int MAX_PROBES = 2;

    private static final int MAX_RETRIES = 5;
    private static final Duration RETRY_DELAY = Duration.ofMillis(200);

    private final DeliveryQueue queue;
    private final WebhookSender sender;
    private final WebhookSwitch webhookSwitch;
    private final DeliverySlots slots;
    private final TurnLimit turns;
    private final DeliverySettings settings;
    private final WebhookMetrics metrics;

    DeliveryWork(
            DeliveryQueue queue,
            WebhookSender sender,
            WebhookSwitch webhookSwitch,
            DeliverySlots slots,
            TurnLimit turns,
            DeliverySettings settings,
            WebhookMetrics metrics) {
        this.queue = queue;
        this.sender = sender;
        this.webhookSwitch = webhookSwitch;
        this.slots = slots;
        this.turns = turns;
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * Writes results and leases the next deliveries, each with a slot. A failure, such as of the database, is tried
     * again a few times; what is not written by then is sent once more after its lease.
     *
     * @param inFlight how many deliveries of the endpoint this instance sends now
     */
    Uni<DeliveryTurn> turn(Endpoint endpoint, List<DeliveryResult> results, int inFlight) {
        return Uni.createFrom()
                .deferred(() -> turns.run(() -> turnWithSlots(endpoint, results, inFlight)))
                .onFailure()
                .retry()
                .withBackOff(RETRY_DELAY)
                .atMost(MAX_RETRIES)
                .invoke(() -> results.forEach(metrics::count))
                .call(turn -> switchOffIfUnanswered(endpoint, turn, results)
                        .onFailure()
                        .invoke(failure -> LOG.warnf(
                                "Webhook %s of tenant %s cannot be switched off for now: %s",
                                endpoint.webhook(), endpoint.tenant(), failure))
                        .onFailure()
                        .recoverWithNull());
    }

    private Uni<DeliveryTurn> turnWithSlots(Endpoint endpoint, List<DeliveryResult> results, int inFlight) {
        int free = slots.acquire(endpoint.tenant(), settings.maxInFlight() - inFlight);
        return queue.turn(endpoint, results, target -> max(target, free, inFlight))
                .onItemOrFailure()
                .invoke((turn, failure) -> slots.release(
                        endpoint.tenant(), free - (turn == null ? 0 : turn.due().size())));
    }

    private static int max(DeliveryTarget target, int free, int inFlight) {
        if (!target.active()) {
            return 0;
        }
        return target.failingSince() == null ? free : Math.max(0, Math.min(free, MAX_PROBES - inFlight));
    }

    private Uni<Void> switchOffIfUnanswered(Endpoint endpoint, DeliveryTurn turn, List<DeliveryResult> results) {
        if (results.stream().anyMatch(DeliveryResult::gone)) {
            return webhookSwitch.switchOff(endpoint, WebhookSwitch.GONE);
        }
        boolean failing = turn.target()
                .map(DeliveryTarget::failingSince)
                .filter(since -> since.isBefore(Instant.now().minus(MAX_FAILING)))
                .isPresent();
        return failing && !results.isEmpty() && results.stream().noneMatch(DeliveryResult::succeeded)
                ? webhookSwitch.switchOff(endpoint, WebhookSwitch.FAILING)
                : Uni.createFrom().voidItem();
    }

    /** Sends a delivery and gives its slot back. */
    Uni<DeliveryResult> send(Endpoint endpoint, DeliveryTarget target, DueDelivery delivery) {
        return Uni.createFrom()
                .deferred(() -> delivery.event()
                        .map(event -> sender.send(new WebhookRequest(
                                        target.url(),
                                        event.id().toString(),
                                        Instant.now(),
                                        target.payload() == WebhookPayload.FULL
                                                ? CloudEvents.full(event)
                                                : CloudEvents.thin(event),
                                        target.secrets()))
                                .map(response -> DeliveryResult.of(
                                        delivery,
                                        response,
                                        ThreadLocalRandom.current().nextDouble())))
                        .orElseGet(() -> Uni.createFrom().item(DeliveryResult.withoutEvent(delivery))))
                .onTermination()
                .invoke(() -> slots.release(endpoint.tenant(), 1));
    }
}
