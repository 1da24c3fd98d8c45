package io.clientela.consent;

import com.fasterxml.jackson.annotation.JsonValue;
import io.clientela.customer.CustomerChange;
import io.clientela.tenancy.Caller;
import java.util.Locale;

/** How a consent came to be what it is. */
public enum ConsentSource {
    /** The customer said so, with a token of its own. */
    SELF_SERVICE,
    /** The business said so. */
    API,
    /** A merge took it over from another customer: the most careful of all. */
    MERGE,
    /** The undo of a merge took it back. */
    MERGE_UNDONE;

    static ConsentSource of(CustomerChange change, Caller caller) {
        return switch (change.type()) {
            case CustomerChange.MERGED -> MERGE;
            case CustomerChange.MERGE_UNDONE -> MERGE_UNDONE;
            default -> caller.isCustomer(change.customerId()) ? SELF_SERVICE : API;
        };
    }

    static ConsentSource parse(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }

    /** Returns the value in JSON and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
