package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerProblems;
import io.clientela.customer.Identifier;
import io.clientela.customer.IdentifierLocks;
import io.clientela.customer.Identifiers;
import io.clientela.customer.LockedCustomer;
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

/** Checks the customers of a merge, and plans it. */
@ApplicationScoped
class MergeParticipants {
    private final Caller caller;
    private final Identifiers identifiers;
    private final MergedCustomers merged;

    MergeParticipants(Caller caller, Identifiers identifiers, MergedCustomers merged) {
        this.caller = caller;
        this.identifiers = identifiers;
        this.merged = merged;
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

    static LockedCustomer find(List<LockedCustomer> locked, UUID id) {
        return locked.stream()
                .filter(customer -> customer.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
