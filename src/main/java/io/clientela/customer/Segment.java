package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** A customer's value to the business by their orders; null until it is computed. */
public enum Segment {
    /** No orders. */
    LEAD("lead"),
    /** First orders. */
    NEW("new"),
    /** Average spending. */
    REGULAR("regular"),
    /** Spending far above average. */
    VIP("vip"),
    /** No recent orders. */
    AT_RISK("at_risk"),
    /** No orders for a long time. */
    DORMANT("dormant");

    @EnumeratedValue
    private final String value;

    Segment(String value) {
        this.value = value;
    }

    /** Returns the value in JSON and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
