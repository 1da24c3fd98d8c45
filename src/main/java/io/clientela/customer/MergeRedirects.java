package io.clientela.customer;

import io.clientela.database.Snapshot;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Resolves merged customers; implemented by the package of merges. */
public interface MergeRedirects {
    /**
     * Follows all merges and returns the id of the current customer; empty if there is none, or it was deleted. It is
     * the customer itself if an undo restored it since the caller looked for it: then the caller must look again.
     */
    Uni<Optional<UUID>> currentId(UUID id);

    /** Returns the same of many customers, by their ids, in the current session. Those that have none are missing. */
    Uni<Map<UUID, UUID>> currentIds(Collection<UUID> ids);

    /** Returns the id of the current customer by the number of a merged one; otherwise like {@link #currentId}. */
    Uni<Optional<UUID>> currentIdByNumber(long number);

    /**
     * Returns the id of a customer and of all that were merged into them, directly or through other merges, in the
     * current session.
     */
    Uni<List<UUID>> mergedIds(UUID id);

    /** Returns the same as a snapshot of the tenant's data has it. */
    Uni<List<UUID>> mergedIds(Snapshot snapshot, String tenant, UUID id);
}
