package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where changes to customers are written down, in the transaction that makes them. */
public interface ChangeLog {
    /** Writes a change; if this fails, the change itself must not happen. */
    Uni<Void> write(CustomerChange change);

    /** Writes one change each to many customers, by one statement; if this fails, none of them must happen. */
    Uni<Void> writeAll(List<CustomerChange> changes);
}
