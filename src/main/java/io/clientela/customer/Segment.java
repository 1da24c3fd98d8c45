package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What a customer is worth to the business, as far as their orders tell. Empty until orders are kept. */
public enum Segment {
    /** Has not ordered yet. */
    LEAD("lead"),
    /** Has begun to order. */
    NEW("new"),
    /** Orders as most do. */
    REGULAR("regular"),
    /** Spends far more than most. */
    VIP("vip"),
    /** Used to order, and has paused. */
    AT_RISK("at_risk"),
    /** Used to order, and has stopped. */
    DORMANT("dormant");

    @EnumeratedValue
    private final String value;

    Segment(String value) {
        this.value = value;
    }

    /** The word on the wire and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
