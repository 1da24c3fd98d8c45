package io.clientela.activity;

import io.clientela.database.AdvisoryLocks;
import io.clientela.http.ProblemCode;
import io.clientela.http.ProblemException;
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
    static Uni<Void> take(String tenant, ItemKind<?, ?, ?> kind, Optional<String> externalId) {
        return AdvisoryLocks.take(externalId
                .map(id -> List.of(kind.word() + "\n" + tenant + "\n" + id))
                .orElse(List.of()));
    }

    /** What has this external id in the tenant. */
    static <E extends CustomerItem> Uni<Optional<E>> holder(ItemKind<E, ?, ?> kind, Optional<String> externalId) {
        if (externalId.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Panache.getSession()
                .chain(session -> session.createQuery(
                                "from " + kind.entity().getSimpleName() + " where externalId = :id", kind.entity())
                        .setParameter("id", externalId.get())
                        .getSingleResultOrNull())
                .map(Optional::ofNullable);
    }

    /** Another one has this external id: 409, with its customer. */
    static ProblemException held(CustomerItem holder) {
        return new ProblemException(
                        ProblemCode.DUPLICATE_EXTERNAL_ID, "Something else in this tenant has this external id.")
                .with("customer_id", holder.customerId.toString());
    }
}
