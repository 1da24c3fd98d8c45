package io.clientela.customer;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Receives the changes of customers in the transaction that makes them. */
public interface ChangeLog {
    /** Writes a change; a failure rolls back the change itself. */
    Uni<Void> write(CustomerChange change);

    /** Writes the changes of many customers, best by one statement; a failure rolls back all of them. */
    default Uni<Void> writeAll(List<CustomerChange> changes) {
        return Multi.createFrom()
                .iterable(changes)
                .onItem()
                .transformToUniAndConcatenate(this::write)
                .collect()
                .last();
    }
}
