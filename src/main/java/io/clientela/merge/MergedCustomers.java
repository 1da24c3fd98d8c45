package io.clientela.merge;

import io.clientela.customer.MergeRedirects;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Follows the chains of merges. */
@ApplicationScoped
class MergedCustomers implements MergeRedirects {
    private static final String SURVIVOR = """
            WITH RECURSIVE chain AS (
                SELECT merged_into FROM merged_customer WHERE tenant_id = :tenant AND id = :id
                UNION
                SELECT m.merged_into FROM chain JOIN merged_customer m ON m.tenant_id = :tenant AND m.id = chain.merged_into)
            SELECT c.id FROM chain JOIN customer c ON c.tenant_id = :tenant AND c.id = chain.merged_into
            WHERE cast(:location AS text) IS NULL OR c.location_id = cast(:location AS text)""";

    /** The customer and all who are part of them, however many merges ago. */
    private static final String MERGED_IDS = """
            WITH RECURSIVE part AS (
                SELECT cast(:id AS uuid) AS id
                UNION
                SELECT m.id FROM part JOIN merged_customer m ON m.tenant_id = :tenant AND m.merged_into = part.id)
            SELECT id FROM part""";

    private final Caller caller;

    MergedCustomers(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Uni<Optional<UUID>> currentId(UUID id) {
        return Panache.withSession(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(SURVIVOR, UUID.class)
                        .setParameter("tenant", caller.tenant())
                        .setParameter("id", id)
                        .setParameter("location", caller.confinement().orElse(null))
                        .getResultList())
                .map(found -> found.stream().findFirst()));
    }

    /** A merged customer and all who were made part of them before. */
    Uni<List<UUID>> mergedIds(UUID id) {
        return Panache.getSession().chain(session -> session.createNativeQuery(MERGED_IDS, UUID.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("id", id)
                .getResultList());
    }
}
