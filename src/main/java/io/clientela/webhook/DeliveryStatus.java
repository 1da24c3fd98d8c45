package io.clientela.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a delivery is. */
@Schema
public enum DeliveryStatus {
    /** It waits for an earlier one of its subject. */
    WAITING,
    /** It is being sent, or will be at the time of the next attempt. */
    PENDING,
    /** The receiver answered 2xx. */
    SUCCEEDED,
    /** All attempts failed. */
    FAILED;

    /** Returns the value in JSON and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryStatus of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
