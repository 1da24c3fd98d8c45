package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;

/** Resolves merged customers; implemented by the package of merges. */
public interface MergeRedirects {
    /**
     * Follows all merges and returns the id of the current customer; empty if the customer was not merged, or the
     * current customer was deleted.
     */
    Uni<Optional<UUID>> currentId(UUID id);
}
