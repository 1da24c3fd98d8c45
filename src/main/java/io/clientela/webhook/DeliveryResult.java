package io.clientela.webhook;

import io.clientela.webhook.send.WebhookResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What came of an attempt.
 *
 * @param attempts which attempt it was
 * @param status that of the delivery from now on
 * @param delay the time until the next attempt, of a pending one
 * @param body the beginning of an answer that was no 2xx
 */
record DeliveryResult(
        UUID id,
        int attempts,
        Instant createdAt,
        DeliveryStatus status,
        Optional<Duration> delay,
        Integer responseStatus,
        int durationMs,
        String error,
        String body) {
    private static final int GONE = 410;

    /**
     * Returns the result of an attempt.
     *
     * @param random from 0 to 1, for the delay
     */
    static DeliveryResult of(DueDelivery sent, WebhookResponse response, double random) {
        boolean succeeded = response.status() != null && response.status() / 100 == 2;
        boolean gone = response.status() != null && response.status() == GONE;
        Optional<Duration> delay = succeeded || gone
                ? Optional.empty()
                : RetrySchedule.delay(sent.attempts(), random, response.retryAfter());
        var unsuccessful = delay.isPresent() ? DeliveryStatus.PENDING : DeliveryStatus.FAILED;
        return new DeliveryResult(
                sent.id(),
                sent.attempts(),
                sent.createdAt(),
                succeeded ? DeliveryStatus.SUCCEEDED : unsuccessful,
                delay,
                response.status(),
                (int) response.duration().toMillis(),
                response.error(),
                succeeded ? null : response.body());
    }

    /** Returns the result of a delivery whose event is past the time that the history is kept. */
    static DeliveryResult withoutEvent(DueDelivery delivery) {
        return new DeliveryResult(
                delivery.id(),
                delivery.attempts(),
                delivery.createdAt(),
                DeliveryStatus.FAILED,
                Optional.empty(),
                null,
                0,
                "event no longer kept",
                null);
    }

    boolean succeeded() {
        return status == DeliveryStatus.SUCCEEDED;
    }

    /** Returns whether the receiver wants no more deliveries. */
    boolean gone() {
        return responseStatus != null && responseStatus == GONE;
    }
}
