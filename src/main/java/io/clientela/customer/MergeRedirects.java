package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;

/** Resolves merged customers; implemented by the package of merges. */
public interface MergeRedirects {
    /**
     * Follows all merges and returns the id of the current customer; empty if there is none, or it was deleted. It is
     * the customer itself if an undo restored it since the caller looked for it: then the caller must look again.
     */
    Uni<Optional<UUID>> currentId(UUID id);
}
