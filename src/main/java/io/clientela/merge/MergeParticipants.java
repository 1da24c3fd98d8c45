package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.activity.Activity;
import io.clientela.customer.CustomerLogins;
import io.clientela.customer.CustomerProblems;
import io.clientela.customer.CustomerSnapshots;
import io.clientela.customer.Identifier;
import io.clientela.customer.IdentifierLocks;
import io.clientela.customer.Identifiers;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Checks the customers of a merge, plans it, makes their snapshots, and moves what they log in with. */
@ApplicationScoped
class MergeParticipants {
    private final Caller caller;
    private final Activity activity;
    private final Identifiers identifiers;
    private final CustomerSnapshots snapshots;
    private final MergedCustomers merged;
    private final CustomerLogins logins;

    MergeParticipants(
            Caller caller,
            Activity activity,
            Identifiers identifiers,
            CustomerSnapshots snapshots,
            MergedCustomers merged,
            CustomerLogins logins) {
        this.caller = caller;
        this.activity = activity;
        this.identifiers = identifiers;
        this.snapshots = snapshots;
        this.merged = merged;
        this.logins = logins;
    }

    /**
     * Rejects a merge with missing customers.
     *
     * @throws ProblemException 422 with every unknown id, or 409 {@code merged} if a customer has been merged into
     *     another
     */
    Uni<Void> requireAll(MergeInput input, Collection<UUID> existing) {
        var missing = input.participants().stream()
                .filter(id -> !existing.contains(id))
                .toList();
        return Multi.createFrom()
                .iterable(missing)
                .onItem()
                .transformToUniAndConcatenate(id -> merged.currentId(id)
                        .map(found -> found.<Object>map(currentId -> CustomerProblems.moved(id, currentId))
                                .orElseGet(() -> unknown(input, id))))
                .collect()
                .asList()
                .invoke(MergeParticipants::throwIfAny)
                .replaceWithVoid();
    }

    private static void throwIfAny(List<Object> reasons) {
        var unknown = reasons.stream()
                .filter(FieldError.class::isInstance)
                .map(FieldError.class::cast)
                .toList();
        if (!unknown.isEmpty()) {
            throw ProblemException.invalid(unknown);
        }
        if (!reasons.isEmpty()) {
            throw (ProblemException) reasons.get(0);
        }
    }

    private static FieldError unknown(MergeInput input, UUID id) {
        int index = input.sourceIds().indexOf(id);
        return FieldError.unknownCustomer(index < 0 ? "/target_id" : "/source_ids/" + index);
    }

    /**
     * Locks identifiers that customers gained between the first identifier locks and the row locks. It must not wait,
     * because identifiers are locked before rows (ADR 3).
     *
     * @throws ProblemException 503 if another request holds one of them; a retry locks them in the right order
     */
    Uni<Void> lockNewIdentifiers(List<LockedCustomer> locked, Set<Identifier> lockedIdentifiers) {
        var newIdentifiers = locked.stream()
                .flatMap(customer -> customer.allIdentifiers().stream())
                .filter(identifier -> !lockedIdentifiers.contains(identifier))
                .toList();
        return IdentifierLocks.tryAcquire(caller.tenant(), newIdentifiers)
                .invoke(acquired -> {
                    if (!acquired) {
                        throw ProblemException.unavailable(
                                "Another request is changing one of the customers. Nothing was changed. Retry later.");
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Plans the merge.
     *
     * @throws ProblemException 422 if the customer preferred for a field has no value in it
     */
    MergePlan plan(MergeInput input, ObjectNode target, List<ObjectNode> sources) {
        List<FieldError> errors = new ArrayList<>();
        List<ObjectNode> all = new ArrayList<>(sources);
        all.add(target);
        input.preferences().forEach((field, preferred) -> {
            boolean hasValue = all.stream()
                    .filter(customer -> customer.path("id").textValue().equals(preferred.toString()))
                    .noneMatch(customer -> MergePlan.isBlank(customer.get(field)));
            if (!hasValue) {
                errors.add(FieldError.at("/prefer", field, "blank", "must be a customer with a value in this field"));
            }
        });
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return MergePlan.of(target, sources, input.preferences(), this::normalized);
    }

    private String normalized(String field, String value) {
        return switch (field) {
            case "email" -> identifiers.emailKey(value).orElse(value);
            case "phone" -> identifiers.phoneKey(value).orElse(value);
            case "document" -> identifiers.documentKey(value).orElse(value);
            default -> value.strip();
        };
    }

    /** Returns the records from which an undo restores the sources, in the order of the merge. */
    Uni<List<MergedCustomer>> mergedSources(Merge merge) {
        var ids = merge.sources();
        return Uni.combine()
                .all()
                .unis(
                        snapshots.take(ids),
                        activity.clustersOf(ids),
                        activity.defaultAddresses(ids),
                        logins.passwordHashes(ids))
                .with((rows, clusters, defaults, hashes) -> ids.stream()
                        .map(id -> {
                            var mergedSource = mergedSource(merge, id, rows.get(id));
                            mergedSource.clusters = clusters.getOrDefault(id, List.of()).stream()
                                    .map(UUID::toString)
                                    .toArray(String[]::new);
                            mergedSource.defaultAddress = defaults.get(id);
                            mergedSource.passwordHash = hashes.get(id);
                            return mergedSource;
                        })
                        .toList());
    }

    private MergedCustomer mergedSource(Merge merge, UUID id, String snapshot) {
        var mergedSource = new MergedCustomer();
        mergedSource.tenantId = caller.tenant();
        mergedSource.id = id;
        mergedSource.mergeId = merge.id;
        mergedSource.mergedInto = merge.targetId;
        mergedSource.snapshot = snapshot;
        return mergedSource;
    }

    /** Gives the target the password of the first source that has one, unless the target has its own. */
    Uni<Void> moveLogin(Merge merge, List<MergedCustomer> mergedSources) {
        return mergedSources.stream()
                .filter(source -> source.passwordHash != null)
                .findFirst()
                .map(source -> logins.give(merge.targetId, source.passwordHash))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Takes back from the target what it got from a source, and gives the sources their passwords. */
    Uni<Void> moveLoginBack(Undo undo) {
        var withPassword = undo.mergedSources().stream()
                .filter(source -> source.passwordHash != null)
                .toList();
        if (withPassword.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Uni<Void>> statements = new ArrayList<>();
        statements.add(logins.take(
                undo.target().id(),
                withPassword.stream().map(source -> source.passwordHash).toList()));
        withPassword.forEach(source -> statements.add(logins.give(source.id, source.passwordHash)));
        return TenantStatement.pipelined(statements);
    }

    static LockedCustomer find(List<LockedCustomer> locked, UUID id) {
        return locked.stream()
                .filter(customer -> customer.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
