package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Receives the changes of customers in the transaction that makes them. */
public interface ChangeLog {
    /**
     * Writes changes, best by one statement, which does not wait for other logs; a failure rolls back the changes
     * themselves.
     */
    Uni<Void> write(List<CustomerChange> changes);
}
