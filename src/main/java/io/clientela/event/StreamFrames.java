package io.clientela.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.history.Event;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The text of server-sent events (WHATWG HTML, section 9.2). */
@Singleton
class StreamFrames {
    private static final int MIN_RETRY_MILLIS = 1_000;
    private static final int MAX_RETRY_MILLIS = 4_000;

    private final ObjectMapper mapper;

    StreamFrames(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Returns the beginning of a stream: when to come back after its end, at random, so that the clients of an instance
     * that stops do not come all at once; and its first page.
     */
    byte[] beginning(EventSlice first) {
        int retry = ThreadLocalRandom.current().nextInt(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
        return bytes("retry: " + retry + "\n\n" + text(first));
    }

    /** Returns events, and where to go on, also if there are none. */
    byte[] of(EventSlice page) {
        return bytes(text(page));
    }

    /**
     * Returns a comment, which keeps proxies from closing the connection and shows clients that it is alive; and where
     * to go on, for clients whose types do not occur.
     */
    static byte[] comment(UUID position) {
        return bytes(": \n" + idOf(position));
    }

    byte[] of(Event event) {
        return bytes(text(event));
    }

    private String text(EventSlice page) {
        return page.events().stream().map(this::text).collect(Collectors.joining())
                + idOf(page.end().eventId());
    }

    private static String idOf(UUID position) {
        return "id: " + position + "\n\n";
    }

    private String text(Event event) {
        try {
            return "id: " + event.id() + "\nevent: " + event.type() + "\ndata: " + mapper.writeValueAsString(event)
                    + "\n\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event cannot be written as JSON", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
