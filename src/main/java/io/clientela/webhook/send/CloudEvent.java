package io.clientela.webhook.send;

import io.clientela.history.Event;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * An event in the JSON format of CloudEvents 1.0 (CloudEvents, "JSON Event Format", section 3).
 *
 * @param source with {@code id} unique among all events of the service
 * @param subject what the event happened to, within the source
 * @param data an {@link Event}, or a {@link ThinEvent}
 */
@RegisterForReflection
record CloudEvent(
        String specversion,
        UUID id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        Object data) {
    static CloudEvent of(Event event, Object data) {
        return new CloudEvent(
                "1.0",
                event.id(),
                "/tenants/" + event.tenant(),
                event.type(),
                event.subject().type() + "/" + event.subject().id(),
                event.at(),
                "application/json",
                data);
    }
}
