package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Counts what belongs to customers; implemented by the package of addresses, calls, orders and clusters. */
public interface ActivityCounter {
    /**
     * Counts what belongs to a customer, in the current session, by one statement. What it counts is the customer's as
     * of the version that it returns.
     *
     * @param recentSince the time from which on a call or an order is recent
     * @return empty if the customer does not exist, or not at the caller's location
     */
    Uni<Optional<ActivityCounts>> count(UUID customer, Instant recentSince);

    /** Returns how many orders of a customer are pending, paid or shipped, in the current transaction. */
    Uni<Long> countOpenOrders(UUID customer);
}
