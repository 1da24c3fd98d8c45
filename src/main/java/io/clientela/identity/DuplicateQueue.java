package io.clientela.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.ChangeLog;
import io.clientela.customer.CustomerChange;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Queues a customer for comparison when a change affects the compared fields, in the transaction of the change. */
@ApplicationScoped
class DuplicateQueue implements ChangeLog {
    private static final Set<String> COMPARED_FIELDS = Set.of(
            "type",
            "name",
            "first_name",
            "last_name",
            "company_name",
            "email",
            "phone",
            "document",
            "birthday",
            "address");

    private static final Set<String> LIFECYCLE_EVENTS =
            Set.of(CustomerChange.CREATED, CustomerChange.DELETED, CustomerChange.MERGED, CustomerChange.MERGE_UNDONE);

    private static final String INSERT = """
            INSERT INTO duplicate_queue (tenant_id, customer_id, customer_version)
            SELECT $1, change.* FROM unnest($2::uuid[], $3::bigint[]) AS change""";

    private final Caller caller;

    DuplicateQueue(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Uni<Void> write(List<CustomerChange> changes) {
        var compared = changes.stream().filter(DuplicateQueue::isCompared).toList();
        return compared.isEmpty()
                ? Uni.createFrom().voidItem()
                : TenantStatement.update(
                                caller.tenant(),
                                INSERT,
                                CustomerChange.column(compared, UUID[]::new, CustomerChange::customerId),
                                CustomerChange.column(compared, Long[]::new, CustomerChange::version))
                        .replaceWithVoid();
    }

    private static boolean isCompared(CustomerChange change) {
        return LIFECYCLE_EVENTS.contains(change.type()) || affectsComparison(change.changes());
    }

    private static boolean affectsComparison(ObjectNode changes) {
        return COMPARED_FIELDS.stream().anyMatch(changes::has);
    }
}
