package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Counts orders that the business still has to fulfil; implemented by the package of orders. */
public interface OpenOrders {
    /** Returns how many orders of a customer are pending, paid or shipped, in the current transaction. */
    Uni<Long> count(UUID customer);
}
