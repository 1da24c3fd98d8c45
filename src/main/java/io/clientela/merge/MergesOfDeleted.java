package io.clientela.merge;

import io.clientela.customer.ChangeLog;
import io.clientela.customer.CustomerChange;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Multi;
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
    /** In the order of ids: the erasure of another person may clear some of the same merges. */
    private static final String CLEAR_CHANGES = """
            UPDATE merge SET changes = '{}' WHERE tenant_id = $1 AND id = ANY(ARRAY(
                SELECT id FROM merge WHERE tenant_id = $1 AND target_id = ANY($2::uuid[]) ORDER BY id FOR NO KEY UPDATE))""";

    private static final String DELETE_SNAPSHOTS =
            "DELETE FROM merged_customer WHERE tenant_id = $1 AND id = ANY(" + TenantStatement.array(2, "uuid") + ")";

    private final Caller caller;
    private final MergedCustomers merged;

    MergesOfDeleted(Caller caller, MergedCustomers merged) {
        this.caller = caller;
        this.merged = merged;
    }

    @Override
    public Uni<Void> write(List<CustomerChange> changes) {
        return Multi.createFrom()
                .iterable(changes)
                .filter(change -> change.type().equals(CustomerChange.DELETED))
                .onItem()
                .transformToUniAndConcatenate(change -> deleteMergesOf(change.customerId()))
                .collect()
                .last();
    }

    private Uni<Void> deleteMergesOf(UUID customer) {
        return merged.mergedIds(customer).map(ids -> ids.toArray(UUID[]::new)).chain(ids -> TenantStatement.pipelined(
                        TenantStatement.update(caller.tenant(), CLEAR_CHANGES, (Object) ids),
                        TenantStatement.update(caller.tenant(), DELETE_SNAPSHOTS, (Object) ids))
                .replaceWithVoid());
    }
}
