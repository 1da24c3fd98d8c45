package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A customer's value to the business by their counted orders. It follows from {@link SegmentRules}, and is not kept.
 */
public enum Segment {
    /** No orders. */
    LEAD("lead"),
    /** Much spent or many orders, and a recent one. */
    VIP("vip"),
    /** First order not long ago. */
    NEW("new"),
    /** No orders for a long time. */
    DORMANT("dormant"),
    /** No recent orders. */
    AT_RISK("at_risk"),
    /** All others. */
    REGULAR("regular");

    private final String value;

    Segment(String value) {
        this.value = value;
    }

    /** Returns the value in JSON. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
