package io.clientela.merge;

import io.clientela.customer.CustomerRecords;
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

/** What can stand in the way of an undo; each is a 409 {@code undo_refused} with its reason. */
@ApplicationScoped
class UndoConditions {
    private final Caller caller;
    private final CustomerRecords records;
    private final CustomerSnapshots snapshots;

    UndoConditions(Caller caller, CustomerRecords records, CustomerSnapshots snapshots) {
        this.caller = caller;
        this.records = records;
        this.snapshots = snapshots;
    }

    /**
     * Refuses to undo what is undone, and a merge that another one stands on.
     *
     * @param target into whom it was; empty if they are not there
     */
    Uni<Void> requireLatest(Merge merge, Optional<LockedCustomer> target) {
        if (merge.undoneAt != null) {
            throw refused("The merge is undone already.", "undone");
        }
        if (target.isEmpty()) {
            return MergedCustomer.<MergedCustomer>findById(new MergedCustomer.Key(caller.tenant(), merge.targetId))
                    .invoke(gone -> {
                        throw gone == null
                                ? refused("The target was deleted.", "target_deleted")
                                : blocked(List.of(gone.mergeId));
                    })
                    .replaceWithVoid();
        }
        return merge.laterMerges()
                .invoke(later -> {
                    if (!later.isEmpty()) {
                        throw blocked(later.stream().map(other -> other.id).toList());
                    }
                })
                .replaceWithVoid();
    }

    /** Refuses to bring back personal data that was erased, and external ids that somebody else has by now. */
    Uni<Void> requireRestorable(Undo undo) {
        boolean erased = undo.target().view().anonymized()
                || undo.mergedSources().stream()
                        .anyMatch(mergedSource -> snapshots.isAnonymized(mergedSource.snapshot));
        if (erased) {
            throw refused("Personal data of one of the customers was erased.", "anonymized");
        }
        requireVisible(undo);
        var externalIds = undo.mergedSources().stream()
                .flatMap(mergedSource -> snapshots.identifiers(mergedSource.snapshot).stream())
                .filter(identifier -> identifier.kind() == Identifier.Kind.EXTERNAL_ID)
                .collect(Collectors.toSet());
        var ofTarget = Optional.ofNullable(undo.reverted().path("external_id").textValue())
                .map(key -> new Identifier(Identifier.Kind.EXTERNAL_ID, key));
        boolean shared = ofTarget.filter(key -> !externalIds.add(key)).isPresent();
        return records.existElsewhere(externalIds, undo.target().id())
                .invoke(held -> {
                    if (held || shared) {
                        throw refused(
                                "An external id that would come back belongs to another customer by now.",
                                "external_id_taken");
                    }
                })
                .replaceWithVoid();
    }

    /** A source of another location may not be restored by a caller who could not see it afterwards. */
    private void requireVisible(Undo undo) {
        caller.confinement().ifPresent(location -> {
            boolean outside = undo.mergedSources().stream()
                    .anyMatch(source -> !location.equals(snapshots.location(source.snapshot)));
            if (outside) {
                throw CallerFilter.outside();
            }
        });
    }

    private static ProblemException blocked(List<UUID> merges) {
        return refused("A later merge must be undone first.", "later_merge")
                .with("blocking_merge_ids", merges.stream().map(UUID::toString).toList());
    }

    private static ProblemException refused(String detail, String reason) {
        return new ProblemException(ProblemCode.UNDO_REFUSED, detail).with("reason", reason);
    }
}
