package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;

/** Knows what became of customers who were merged into others. */
public interface MergeRedirects {
    /**
     * Who this customer is by now, after however many merges; empty for one who was not merged, or whose last is gone.
     */
    Uni<Optional<UUID>> currentId(UUID id);
}
