package io.clientela.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** The direction of a call. */
public enum CallDirection {
    /** The customer called the business; the default. */
    INBOUND("inbound"),
    /** The business called the customer. */
    OUTBOUND("outbound");

    @EnumeratedValue
    private final String value;

    CallDirection(String value) {
        this.value = value;
    }

    /** Returns the value in JSON and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
