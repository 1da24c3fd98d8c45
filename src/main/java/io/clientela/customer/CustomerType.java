package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Whether a customer is a person or a company. */
public enum CustomerType {
    /** A natural person; the default. */
    INDIVIDUAL("individual"),
    /** A legal person. */
    COMPANY("company");

    @EnumeratedValue
    private final String value;

    CustomerType(String value) {
        this.value = value;
    }

    /** Returns the value in JSON and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
