package io.clientela.webhook.send;

import io.clientela.history.Event;
import io.clientela.history.Subject;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * An event without personal data: what happened to which subject, but neither values nor persons. The receiver reads
 * the subject if it needs more, with permissions of its own.
 *
 * @param version the customer's version after the change, by which a receiver recognises what it has; null for other
 *     subjects
 */
@RegisterForReflection
record ThinEvent(UUID id, String type, Instant at, String tenant, Subject subject, Long version) {
    static ThinEvent of(Event event) {
        return new ThinEvent(event.id(), event.type(), event.at(), event.tenant(), event.subject(), event.version());
    }
}
