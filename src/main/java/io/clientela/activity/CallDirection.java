package io.clientela.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Who called whom. */
public enum CallDirection {
    /** The customer called; what a call is unless it says otherwise. */
    INBOUND("inbound"),
    /** The business called. */
    OUTBOUND("outbound");

    @EnumeratedValue
    private final String value;

    CallDirection(String value) {
        this.value = value;
    }

    /** The word on the wire and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
