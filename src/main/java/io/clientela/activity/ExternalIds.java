package io.clientela.activity;

import io.clientela.database.AdvisoryLocks;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Advisory locks on the external ids of calls and orders. Acquire them before locking rows and before checking
 * uniqueness; requests with the same external id then run one after the other.
 */
final class ExternalIds {
    private ExternalIds() {}

    /** Locks the external id of a tenant until the transaction ends. */
    static Uni<Void> acquire(String tenant, ItemType<?, ?, ?> type, Optional<String> externalId) {
        return acquire(tenant, type, externalId.map(List::of).orElse(List.of()));
    }

    /** Locks these external ids of a tenant until the transaction ends. */
    static Uni<Void> acquire(String tenant, ItemType<?, ?, ?> type, Collection<String> externalIds) {
        return AdvisoryLocks.acquire(tenant, type.singular(), externalIds);
    }

    /** Returns the tenant's item with this external id. */
    static <E extends CustomerItem> Uni<Optional<E>> owner(ItemType<E, ?, ?> type, Optional<String> externalId) {
        if (externalId.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Panache.getSession()
                .chain(session -> session.createQuery(
                                "from " + type.entity().getSimpleName() + " where externalId = :id", type.entity())
                        .setParameter("id", externalId.get())
                        .getSingleResultOrNull())
                .map(Optional::ofNullable);
    }

    /** Returns 409 with the customer of the item that has this external id. */
    static ProblemException duplicate(CustomerItem owner) {
        return new ProblemException(
                        ProblemCode.DUPLICATE_EXTERNAL_ID,
                        "Another item of this tenant has this external id. Use another external id or change that item.")
                .with("customer_id", owner.customerId.toString());
    }
}
