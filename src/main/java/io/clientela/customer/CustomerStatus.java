package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Whether the business serves a customer. */
public enum CustomerStatus {
    /** Served; the default. */
    ACTIVE("active"),
    /** Not served at the moment. */
    INACTIVE("inactive"),
    /** Not served; the customer cannot use their own account. */
    BLOCKED("blocked");

    @EnumeratedValue
    private final String value;

    CustomerStatus(String value) {
        this.value = value;
    }

    /** Returns the value in JSON and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
