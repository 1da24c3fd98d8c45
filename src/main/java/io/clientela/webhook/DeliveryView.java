package io.clientela.webhook;

import io.clientela.database.RowReader;
import io.clientela.history.Subject;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The delivery of an event to a webhook, as callers read it. The status of the answer, the duration, the error and the
 * beginning of the body are those of the last attempt.
 *
 * @param id the event's id; a test has one of its own
 * @param nextAttemptAt when it is sent again; null while it is being sent, waits for another one, or has ended
 * @param responseBody the beginning of an answer that was no 2xx
 */
@RegisterForReflection
@Schema(name = "WebhookDelivery")
public record DeliveryView(
        UUID id,
        String type,
        Subject subject,
        DeliveryStatus status,
        int attempts,
        Instant nextAttemptAt,
        Integer responseStatus,
        Integer durationMs,
        String error,
        String responseBody,
        Instant createdAt,
        Instant finishedAt) {
    /** The columns of {@link #of}. */
    static final String COLUMNS = """
            id, type, subject_type, subject_id, status, attempts, CASE WHEN leased_by IS NULL THEN due_at END,
            response_status, duration_ms, error, response_body, created_at, finished_at""";

    /** Reads {@link #COLUMNS}. */
    static DeliveryView of(RowReader row) {
        return new DeliveryView(
                row.next(),
                row.next(),
                Subject.of(row.next(), row.next()),
                DeliveryStatus.of(row.next()),
                row.<Integer>next(),
                row.nextTimestamp(),
                row.next(),
                row.next(),
                row.next(),
                row.next(),
                row.nextTimestamp(),
                row.nextTimestamp());
    }
}
