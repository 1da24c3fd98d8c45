package io.clientela.merge;

import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerLocks;
import io.clientela.customer.CustomerPatch;
import io.clientela.customer.CustomerSnapshots;
import io.clientela.customer.Identifier;
import io.clientela.customer.IdentifierLocks;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Locks what an undo changes: first the identifiers of all customers of the merge, then the target (ADR 3). */
@Singleton
class UndoLocks {
    private static final String SNAPSHOTS_AND_CHANGES = """
            SELECT s.snapshot, m.changes FROM merge m
            JOIN merged_customer s ON s.tenant_id = m.tenant_id AND s.merge_id = m.id
            WHERE m.tenant_id = $1 AND m.id = $2""";

    private final Caller caller;
    private final CustomerLocks locks;
    private final CustomerPatch patches;
    private final MergeParticipants participants;

    UndoLocks(Caller caller, CustomerLocks locks, CustomerPatch patches, MergeParticipants participants) {
        this.caller = caller;
        this.locks = locks;
        this.patches = patches;
        this.participants = participants;
    }

    /**
     * Locks the target of a merge and returns it; empty if it does not exist.
     *
     * @throws ProblemException 404 for an unknown merge, 503 if another request changes one of the customers
     */
    Uni<Optional<LockedCustomer>> lockTarget(UUID mergeId) {
        return targetOf(mergeId)
                .chain(target -> lockIdentifiers(mergeId, target)
                        .chain(identifiers -> locks.lockAllWithAnonymized(List.of(target))
                                .call(locked -> participants.lockNewIdentifiers(locked, identifiers))))
                .map(locked -> locked.stream().findFirst());
    }

    /** Reads by SQL, because an entity loaded before the target is locked could be stale. */
    private Uni<UUID> targetOf(UUID mergeId) {
        return TenantStatement.query(
                        caller.tenant(), "SELECT target_id FROM merge WHERE tenant_id = $1 AND id = $2", mergeId)
                .map(rows ->
                        rows.stream().map(row -> (UUID) row[0]).findFirst().orElseThrow(ProblemException::notFound));
    }

    /**
     * Locks the identifiers of the sources, the target and its aliases, and those that the merge removed from the
     * target. A concurrent upsert with one of them waits until the undo has restored its owner.
     *
     * @return the locked identifiers; the target may gain others until its row is locked
     */
    private Uni<Set<Identifier>> lockIdentifiers(UUID mergeId, UUID target) {
        return TenantStatement.query(caller.tenant(), SNAPSHOTS_AND_CHANGES, mergeId)
                .chain(rows -> locks.identifiersOf(List.of(target)).chain(ofTarget -> {
                    Set<Identifier> identifiers = new HashSet<>(ofTarget);
                    rows.forEach(row -> {
                        identifiers.addAll(CustomerSnapshots.identifiers((String) row[0]));
                        identifiers.addAll(
                                patches.identifiers(CustomerJson.before(CustomerJson.parse((String) row[1]))));
                    });
                    return IdentifierLocks.acquire(caller.tenant(), identifiers).replaceWith(identifiers);
                }));
    }
}
