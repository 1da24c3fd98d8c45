package io.clientela.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** The status of an order. */
public enum OrderStatus {
    /** Placed; the default. */
    PENDING("pending", true),
    /** Paid. */
    PAID("paid", true),
    /** Sent to the customer. */
    SHIPPED("shipped", true),
    /** Delivered. */
    COMPLETED("completed", true),
    /** Canceled; does not count as spent. */
    CANCELED("canceled", false),
    /** Refunded; does not count as spent. */
    REFUNDED("refunded", false);

    @EnumeratedValue
    private final String value;

    private final boolean spent;

    OrderStatus(String value, boolean spent) {
        this.value = value;
        this.spent = spent;
    }

    /** Returns whether the total counts as spent. */
    boolean isSpent() {
        return spent;
    }

    /** Returns the value in JSON and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
