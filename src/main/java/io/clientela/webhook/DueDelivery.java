package io.clientela.webhook;

import io.clientela.history.Event;
import io.clientela.history.Subject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery that this instance has leased.
 *
 * @param attempts how many attempts it has had, with the one that begins
 * @param event what to send; empty if the history no longer has the event
 */
record DueDelivery(UUID id, int attempts, Instant createdAt, Optional<Event> event) {
    /** The columns of the delivery that {@link #of} reads, beside those of the event. */
    static final String COLUMNS = "d.id AS delivery_id, d.attempts, d.created_at, d.webhook_id, d.type = '"
            + DeliveryRequests.TEST + "' AS is_test";

    static DueDelivery of(Row row, String tenant) {
        var id = row.getUUID("delivery_id");
        var createdAt = row.getOffsetDateTime("created_at").toInstant();
        Optional<Event> event;
        if (row.getBoolean("is_test")) {
            event = Optional.of(test(id, createdAt, tenant, row.getUUID("webhook_id")));
        } else {
            event = row.getUUID("id") == null ? Optional.empty() : Optional.of(Event.of(row));
        }
        return new DueDelivery(id, row.getInteger("attempts"), createdAt, event);
    }

    private static Event test(UUID id, Instant at, String tenant, UUID webhook) {
        var subject = Subject.of(Subject.WEBHOOK, webhook);
        return new Event(id, DeliveryRequests.TEST, at, tenant, subject, null, null, null, "{}", "{}");
    }
}
