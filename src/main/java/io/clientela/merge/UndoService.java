package io.clientela.merge;

import io.clientela.customer.CustomerJson;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.Database;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Undoes a merge, in one transaction: restores the sources with their addresses, calls and orders, and reverts what the
 * merge changed at the target, except for fields edited since. Merges into a target are undone in reverse order.
 */
@ApplicationScoped
class UndoService {
    private final Database database;
    private final Caller caller;
    private final UndoLocks locks;
    private final UndoConditions conditions;
    private final UndoWriter writer;

    UndoService(Database database, Caller caller, UndoLocks locks, UndoConditions conditions, UndoWriter writer) {
        this.database = database;
        this.caller = caller;
        this.locks = locks;
        this.conditions = conditions;
        this.writer = writer;
    }

    /**
     * Undoes a merge.
     *
     * @throws ProblemException 404, or 409 {@code undo_refused} with the reason
     */
    Uni<MergeView> undo(UUID mergeId) {
        return database.transaction(() -> locks.lockTarget(mergeId)
                .chain(target -> load(mergeId, target))
                .call(conditions::requireRestorable)
                .call(writer::write)
                .map(undo -> undo.merge().view()));
    }

    private Uni<Undo> load(UUID mergeId, Optional<LockedCustomer> target) {
        if (target.isEmpty() && caller.confinement().isPresent()) {
            return Uni.createFrom().failure(ProblemException.notFound());
        }
        return Merge.lock(caller.tenant(), mergeId)
                .map(Optional::orElseThrow)
                .call(merge -> conditions.requireLatest(merge, target))
                .chain(merge -> MergedCustomer.of(mergeId)
                        .map(mergedSources -> new Undo(
                                merge, target.orElseThrow(), mergedSources, CustomerJson.parse(merge.changes))));
    }
}
