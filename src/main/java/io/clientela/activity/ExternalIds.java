package io.clientela.activity;

import io.clientela.database.AdvisoryLocks;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Keeps two requests from adding the same call or order twice while neither sees the other: whoever is going to write
 * an external id takes its name, before locking any row, and then looks who has it.
 */
final class ExternalIds {
    private ExternalIds() {}

    /** Takes the external id of a tenant until the transaction ends. */
    static Uni<Void> acquire(String tenant, ItemType<?, ?, ?> type, Optional<String> externalId) {
        return AdvisoryLocks.acquire(externalId
                .map(id -> List.of(type.singular() + "\n" + tenant + "\n" + id))
                .orElse(List.of()));
    }

    /** What has this external id in the tenant. */
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

    /** Another one has this external id: 409, with its customer. */
    static ProblemException held(CustomerItem owner) {
        return new ProblemException(
                        ProblemCode.DUPLICATE_EXTERNAL_ID, "Something else in this tenant has this external id.")
                .with("customer_id", owner.customerId.toString());
    }
}
