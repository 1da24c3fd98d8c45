package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Where a customer stands with the business. */
public enum CustomerStatus {
    /** Served as usual; what a new customer is. */
    ACTIVE("active"),
    /** Kept, but not served at present. */
    INACTIVE("inactive"),
    /** Refused service; their own account is closed to them. */
    BLOCKED("blocked");

    @EnumeratedValue
    private final String value;

    CustomerStatus(String value) {
        this.value = value;
    }

    /** The word on the wire and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
