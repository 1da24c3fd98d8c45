package io.clientela.history;

import java.util.Comparator;
import java.util.UUID;

/**
 * The position of an event in the order in which readers follow the events of a tenant: by transaction, then by id.
 *
 * <p>Transactions commit in another order than that of their ids, so a reader must not pass a transaction that is still
 * open: {@link #SETTLED} selects the events before the oldest of them. The order of the events of one customer is that
 * of the customer's version.
 *
 * @param transactionId the id of the transaction that wrote the event
 * @param eventId the event's id, which orders the events of one transaction
 */
public record EventPosition(long transactionId, UUID eventId) implements Comparable<EventPosition> {
    /** Compares like PostgreSQL, for which the parts of an id have no sign. */
    private static final Comparator<EventPosition> IN_ORDER = Comparator.comparingLong(EventPosition::transactionId)
            .thenComparing(position -> position.eventId().getMostSignificantBits(), Long::compareUnsigned)
            .thenComparing(position -> position.eventId().getLeastSignificantBits(), Long::compareUnsigned);

    /**
     * The SQL condition that no event can be added any more before this one: all transactions up to that of the event
     * have ended and are visible to the statement (PostgreSQL, "Transaction ID and Snapshot Information Functions").
     */
    public static final String SETTLED = "transaction_id < pg_snapshot_xmin(pg_current_snapshot())";

    @Override
    public int compareTo(EventPosition other) {
        return IN_ORDER.compare(this, other);
    }
}
