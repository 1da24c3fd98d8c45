package io.clientela.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.ChangeLog;
import io.clientela.customer.CustomerChange;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
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

    private static final String INSERT = """
            INSERT INTO duplicate_queue (tenant_id, customer_id, customer_version)
            SELECT :tenant, cast(e.id AS uuid), cast(e.version AS bigint)
            FROM unnest(cast(:ids AS text[]), cast(:versions AS text[])) AS e(id, version)""";

    private final Caller caller;

    DuplicateQueue(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Uni<Void> write(CustomerChange change) {
        return writeAll(List.of(change));
    }

    @Override
    public Uni<Void> writeAll(List<CustomerChange> changes) {
        var compared = changes.stream().filter(DuplicateQueue::isCompared).toList();
        return compared.isEmpty()
                ? Uni.createFrom().voidItem()
                : Panache.getSession()
                        .chain(session -> session.createNativeQuery(INSERT)
                                .setParameter("tenant", caller.tenant())
                                .setParameter("ids", CustomerChange.texts(compared, CustomerChange::customerId))
                                .setParameter("versions", CustomerChange.texts(compared, CustomerChange::version))
                                .executeUpdate())
                        .replaceWithVoid();
    }

    private static boolean isCompared(CustomerChange change) {
        return LIFECYCLE_EVENTS.contains(change.type()) || affectsComparison(change.changes());
    }

    private static boolean affectsComparison(ObjectNode changes) {
        return COMPARED_FIELDS.stream().anyMatch(changes::has);
    }
}
