package io.clientela.webhook.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.clientela.history.Event;
import java.io.UncheckedIOException;

/** Writes events as the bodies of webhooks: CloudEvents 1.0 in structured mode. */
public final class CloudEvents {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private CloudEvents() {}

    /** Returns an event whose data are those of the feed, with values and who changed them. */
    public static byte[] full(Event event) {
        return write(CloudEvent.of(event, event));
    }

    /** Returns an event whose data are ids and types only. */
    public static byte[] thin(Event event) {
        return write(CloudEvent.of(event, ThinEvent.of(event)));
    }

    private static byte[] write(CloudEvent event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
