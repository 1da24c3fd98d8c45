package io.clientela.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.ChangeLog;
import io.clientela.customer.CustomerChange;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

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

    private final Caller caller;

    DuplicateQueue(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Uni<Void> write(CustomerChange change) {
        if (!LIFECYCLE_EVENTS.contains(change.type()) && !affectsComparison(change.changes())) {
            return Uni.createFrom().voidItem();
        }
        var entry = new QueuedCustomer();
        entry.tenantId = caller.tenant();
        entry.customerId = change.customerId();
        entry.customerVersion = change.version();
        return entry.persist().replaceWithVoid();
    }

    @Override
    public Uni<Void> writeAll(List<CustomerChange> changes) {
        return Multi.createFrom()
                .iterable(changes)
                .onItem()
                .transformToUniAndConcatenate(this::write)
                .collect()
                .last();
    }

    private static boolean affectsComparison(ObjectNode changes) {
        return COMPARED_FIELDS.stream().anyMatch(changes::has);
    }
}
