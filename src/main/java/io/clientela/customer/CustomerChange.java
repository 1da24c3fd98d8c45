package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/**
 * A change of a customer, as the change logs record it.
 *
 * @param type the event type, such as {@code customer.updated}
 * @param customerId the changed customer
 * @param version the customer's version after the change
 * @param at the time of the change
 * @param changes the old and new value of each changed field: {@code {"email": {"from": …, "to": …}}}
 * @param details related data, such as {@code {"call_id": …}}
 */
public record CustomerChange(
        String type, UUID customerId, long version, Instant at, ObjectNode changes, ObjectNode details) {
    public static final String CREATED = "customer.created";
    public static final String UPDATED = "customer.updated";
    public static final String STATUS_CHANGED = "customer.status_changed";
    public static final String ROLE_CHANGED = "customer.role_changed";
    public static final String DELETED = "customer.deleted";
    public static final String ERASED = "customer.erased";
    public static final String MERGED = "customer.merged";
    public static final String MERGE_UNDONE = "customer.merge_undone";

    /** Returns the event type for changes of these fields. */
    public static String typeOf(ObjectNode changes) {
        if (changes.size() == 1 && changes.has("status")) {
            return STATUS_CHANGED;
        }
        return changes.has("role") ? ROLE_CHANGED : UPDATED;
    }
}
