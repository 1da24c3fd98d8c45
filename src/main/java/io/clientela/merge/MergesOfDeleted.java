package io.clientela.merge;

import io.clientela.customer.ChangeLog;
import io.clientela.customer.CustomerChange;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Deletes what merges store of customers, when the customer that they are part of is deleted: the snapshots of all that
 * were merged into it, directly or through other merges, and the values that its merges changed.
 */
@ApplicationScoped
class MergesOfDeleted implements ChangeLog {
    private static final String CLEAR_CHANGES = "UPDATE merge SET changes = '{}'"
            + " WHERE tenant_id = :tenant AND target_id = ANY(cast(cast(:ids AS text[]) AS uuid[]))";

    private static final String DELETE_SNAPSHOTS = "DELETE FROM merged_customer"
            + " WHERE tenant_id = :tenant AND id = ANY(cast(cast(:ids AS text[]) AS uuid[]))";

    private final Caller caller;
    private final MergedCustomers merged;

    MergesOfDeleted(Caller caller, MergedCustomers merged) {
        this.caller = caller;
        this.merged = merged;
    }

    @Override
    public Uni<Void> write(CustomerChange change) {
        return change.type().equals(CustomerChange.DELETED)
                ? merged.mergedIds(change.customerId())
                        .chain(ids -> execute(CLEAR_CHANGES, ids).chain(() -> execute(DELETE_SNAPSHOTS, ids)))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> execute(String sql, List<UUID> ids) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(sql)
                        .setParameter("tenant", caller.tenant())
                        .setParameter("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                        .executeUpdate())
                .replaceWithVoid();
    }
}
