package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to a customer.
 *
 * @param type what happened, such as {@code customer.updated}
 * @param customerId to whom
 * @param version the customer's version that it led to
 * @param at when
 * @param changes per field what it was and what it is: {@code {"email": {"from": …, "to": …}}}
 * @param details what else it was about, such as {@code {"call_id": …}}
 */
public record CustomerChange(
        String type, UUID customerId, long version, Instant at, ObjectNode changes, ObjectNode details) {
    public static final String CREATED = "customer.created";
    public static final String UPDATED = "customer.updated";
    public static final String STATUS_CHANGED = "customer.status_changed";
    public static final String ROLE_CHANGED = "customer.role_changed";
    public static final String DELETED = "customer.deleted";
    public static final String MERGED = "customer.merged";
    public static final String MERGE_UNDONE = "customer.merge_undone";

    /** What a change of these fields is called. */
    public static String typeOf(ObjectNode changes) {
        if (changes.size() == 1 && changes.has("status")) {
            return STATUS_CHANGED;
        }
        return changes.has("role") ? ROLE_CHANGED : UPDATED;
    }
}
