package io.clientela.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much of an event a webhook is sent. */
public enum WebhookPayload {
    /** Ids, types and times; the default. What else a receiver needs, it reads with a token of its own. */
    THIN,
    /** The whole event, with the values before and after. */
    FULL;

    /** Returns the value in JSON and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static WebhookPayload of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
