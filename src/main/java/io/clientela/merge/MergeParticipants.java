package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.activity.Activity;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.CustomerView;
import io.clientela.customer.Identifier;
import io.clientela.customer.IdentifierLocks;
import io.clientela.customer.Identifiers;
import io.clientela.customer.LockedCustomer;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The customers who take part in a merge: whether they are there and may be merged, and what is known of them. */
@ApplicationScoped
class MergeParticipants {
    private final Caller caller;
    private final Activity activity;
    private final Identifiers identifiers;
    private final MergedCustomers merged;

    MergeParticipants(Caller caller, Activity activity, Identifiers identifiers, MergedCustomers merged) {
        this.caller = caller;
        this.activity = activity;
        this.identifiers = identifiers;
        this.merged = merged;
    }

    /**
     * Refuses a merge of which not everybody is there.
     *
     * @throws ProblemException 422 with every unknown id, or 409 {@code merged} if somebody is by now a part of another
     */
    Uni<Void> requireAll(MergeInput input, Collection<UUID> there) {
        var missing =
                input.participants().stream().filter(id -> !there.contains(id)).toList();
        return Multi.createFrom()
                .iterable(missing)
                .onItem()
                .transformToUniAndConcatenate(
                        id -> merged.currentId(id).map(survivor -> survivor.<Object>map(CustomerRecords::merged)
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
        int place = input.sourceIds().indexOf(id);
        return new FieldError(
                place < 0 ? "/target_id" : "/source_ids/" + place, "not_found", "is not a customer of this tenant");
    }

    /**
     * Guards what somebody got after the guard was asked.
     *
     * @throws ProblemException 503 if somebody else has it in hand: the next try will know of it in time
     */
    Uni<Void> lockNewIdentifiers(List<LockedCustomer> locked, Set<Identifier> lockedIdentifiers) {
        var rest = locked.stream()
                .flatMap(customer -> customer.identifiers().stream())
                .filter(identifier -> !lockedIdentifiers.contains(identifier))
                .toList();
        return IdentifierLocks.tryAcquire(caller.tenant(), rest)
                .invoke(all -> {
                    if (!all) {
                        throw ProblemException.unavailable(
                                "Somebody else changes one of them at this moment; nothing was changed.");
                    }
                })
                .replaceWithVoid();
    }

    /** Refuses customers of whom nothing is left to merge. */
    static void requireMergeable(List<CustomerView> customers) {
        var blocking = blocking(customers);
        if (!blocking.isEmpty()) {
            throw new ProblemException(ProblemCode.MERGE_REFUSED, "An anonymised customer cannot be merged.")
                    .with(
                            "blocking",
                            blocking.stream()
                                    .map(reason -> Map.of(
                                            "customer_id", reason.customerId().toString(), "reason", reason.reason()))
                                    .toList());
        }
    }

    static List<MergePreview.Blocking> blocking(List<CustomerView> customers) {
        return customers.stream()
                .filter(CustomerView::anonymized)
                .map(customer -> new MergePreview.Blocking(customer.id(), "anonymized"))
                .toList();
    }

    /**
     * Plans the merge.
     *
     * @throws ProblemException 422 if a customer is preferred for what they do not have
     */
    MergePlan plan(MergeInput input, ObjectNode target, List<ObjectNode> sources) {
        List<FieldError> errors = new ArrayList<>();
        List<ObjectNode> all = new ArrayList<>(sources);
        all.add(target);
        input.preferences().forEach((field, preferred) -> {
            boolean has = all.stream()
                    .filter(customer -> customer.path("id").textValue().equals(preferred.toString()))
                    .noneMatch(customer -> MergePlan.isBlank(customer.get(field)));
            if (!has) {
                errors.add(FieldError.at("/prefer", field, "blank", "is a customer who has none"));
            }
        });
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return MergePlan.of(target, sources, input.preferences(), this::key);
    }

    private String key(String field, String value) {
        return switch (field) {
            case "email" -> identifiers.emailKey(value).orElse(value);
            case "phone" -> identifiers.phoneKey(value).orElse(value);
            case "document" -> identifiers.documentKey(value).orElse(value);
            default -> value.strip();
        };
    }

    /** Everything by which the sources can be brought back. */
    Uni<List<MergedCustomer>> mergedSources(Merge merge, Map<UUID, String> rows) {
        return activity.clustersOf(rows.keySet())
                .chain(clusters -> activity.defaultAddresses(rows.keySet()).map(defaults -> rows.keySet().stream()
                        .map(id -> mergedSource(
                                merge, id, rows.get(id), clusters.getOrDefault(id, List.of()), defaults.get(id)))
                        .toList()));
    }

    private MergedCustomer mergedSource(Merge merge, UUID id, String row, List<UUID> clusters, UUID defaultAddress) {
        var mergedSource = new MergedCustomer();
        mergedSource.tenantId = caller.tenant();
        mergedSource.id = id;
        mergedSource.mergeId = merge.id;
        mergedSource.mergedInto = merge.targetId;
        mergedSource.snapshot = row;
        mergedSource.clusters = clusters.stream().map(UUID::toString).toArray(String[]::new);
        mergedSource.defaultAddress = defaultAddress;
        return mergedSource;
    }

    static LockedCustomer find(List<LockedCustomer> locked, UUID id) {
        return locked.stream()
                .filter(customer -> customer.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
