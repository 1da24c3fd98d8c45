package io.clientela.customer;

import io.smallrye.mutiny.Uni;

/** Where changes to customers are written down, in the transaction that makes them. */
public interface ChangeLog {
    /** Writes a change; if this fails, the change itself must not happen. */
    Uni<Void> write(CustomerChange change);
}
