package io.clientela.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** How far an order has come. */
public enum OrderStatus {
    /** Placed; what an order is unless it says otherwise. */
    PENDING("pending", true),
    /** Paid for. */
    PAID("paid", true),
    /** On its way. */
    SHIPPED("shipped", true),
    /** Delivered. */
    COMPLETED("completed", true),
    /** Called off; nothing was spent. */
    CANCELED("canceled", false),
    /** Paid back; nothing was spent. */
    REFUNDED("refunded", false);

    @EnumeratedValue
    private final String value;

    private final boolean spent;

    OrderStatus(String value, boolean spent) {
        this.value = value;
        this.spent = spent;
    }

    /** Whether an order of this status counts as spent. */
    boolean isSpent() {
        return spent;
    }

    /** The word on the wire and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
