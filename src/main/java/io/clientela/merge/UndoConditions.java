package io.clientela.merge;

import io.clientela.customer.CustomerLocks;
import io.clientela.customer.CustomerSnapshots;
import io.clientela.customer.Identifier;
import io.clientela.customer.LockedCustomer;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.CallerFilter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Checks whether a merge can be undone; each failure is a 409 {@code undo_refused} with its reason. */
@ApplicationScoped
class UndoConditions {
    private final Caller caller;
    private final CustomerLocks locks;

    UndoConditions(Caller caller, CustomerLocks locks) {
        this.caller = caller;
        this.locks = locks;
    }

    /**
     * Requires that the merge is not undone, that its snapshots are kept, and that no later merge includes its target.
     *
     * @param target the target of the merge; empty if it no longer exists
     * @throws ProblemException 404 if the target was deleted, and what the merge stored with it
     */
    Uni<Void> requireLatest(Merge merge, Optional<LockedCustomer> target) {
        if (merge.undoneAt != null) {
            throw refused("The merge has already been undone.", "undone");
        }
        if (target.isEmpty()) {
            return MergedCustomer.<MergedCustomer>findById(new MergedCustomer.Key(caller.tenant(), merge.targetId))
                    .invoke(mergedTarget -> {
                        throw mergedTarget == null
                                ? ProblemException.notFound()
                                : blocked(List.of(mergedTarget.mergeId));
                    })
                    .replaceWithVoid();
        }
        if (merge.expiredAt != null) {
            throw refused(
                    "The values that an undo restores are kept for a limited time and were deleted. Correct the customer"
                            + " by hand, or create the other one anew.",
                    "expired");
        }
        return merge.laterMerges()
                .invoke(laterMerges -> {
                    if (!laterMerges.isEmpty()) {
                        throw blocked(
                                laterMerges.stream().map(later -> later.id).toList());
                    }
                })
                .replaceWithVoid();
    }

    /** Requires that no customer was anonymised, and that no external id to restore belongs to another customer now. */
    Uni<Void> requireRestorable(Undo undo) {
        boolean anonymized = undo.target().view().state().anonymized()
                || undo.mergedSources().stream()
                        .anyMatch(mergedSource -> CustomerSnapshots.isAnonymized(mergedSource.snapshot));
        if (anonymized) {
            throw refused("A customer of the merge was anonymised, so the merge cannot be undone.", "anonymized");
        }
        requireVisible(undo);
        var externalIds = undo.mergedSources().stream()
                .flatMap(mergedSource -> CustomerSnapshots.identifiers(mergedSource.snapshot).stream())
                .filter(identifier -> identifier.kind() == Identifier.Kind.EXTERNAL_ID)
                .collect(Collectors.toSet());
        var targetExternalId = Optional.ofNullable(
                        undo.reverted().path("external_id").textValue())
                .map(key -> new Identifier(Identifier.Kind.EXTERNAL_ID, key));
        boolean repeated = targetExternalId.filter(key -> !externalIds.add(key)).isPresent();
        return locks.existElsewhere(externalIds, undo.target().id())
                .invoke(taken -> {
                    if (taken || repeated) {
                        throw refused(
                                "An external id to restore now belongs to another customer. Change it there first.",
                                "external_id_taken");
                    }
                })
                .replaceWithVoid();
    }

    /** A source of another location may not be restored by a caller who could not see it afterwards. */
    private void requireVisible(Undo undo) {
        boolean outside = undo.mergedSources().stream()
                .anyMatch(source -> !caller.reaches(CustomerSnapshots.location(source.snapshot)));
        if (outside) {
            throw CallerFilter.outside();
        }
    }

    private static ProblemException blocked(List<UUID> merges) {
        return refused("The merge is not the latest. Undo the merges in blocking_merge_ids first.", "later_merge")
                .with("blocking_merge_ids", merges.stream().map(UUID::toString).toList());
    }

    private static ProblemException refused(String detail, String reason) {
        return new ProblemException(ProblemCode.UNDO_REFUSED, detail).with("reason", reason);
    }
}
