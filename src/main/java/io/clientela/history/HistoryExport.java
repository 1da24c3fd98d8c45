package io.clientela.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** The exported history of a customer and of those who were merged into them. */
@Singleton
class HistoryExport implements ExportPart {
    /** A merge that was undone had values of a customer who is another person again. */
    private static final String OF_CUSTOMERS = """
            SELECT e.customer_id, e.id, e.type, e.at, e.actor, e.request_id, e.customer_version,
                CASE WHEN e.type IN ('customer.merged', 'customer.merge_undone') AND EXISTS (
                    SELECT 1 FROM merge m WHERE m.tenant_id = e.tenant_id AND m.undone_at IS NOT NULL
                        AND m.id = cast(cast(e.details AS jsonb) ->> 'merge_id' AS uuid))
                THEN '{}' ELSE e.changes END AS changes, e.details
            FROM customer_event e WHERE e.tenant_id = ? AND e.customer_id = ANY(?)
            ORDER BY e.customer_id, e.customer_version, e.id""";

    /** An event, and the customer whose history has it. */
    @RegisterForReflection
    record ExportedEvent(UUID customerId, @JsonUnwrapped EventView event) {}

    @Override
    public String name() {
        return "history";
    }

    @Override
    public String explanation() {
        return "Who changed what, when: of this customer, and of those who were merged into this one, as `customer_id`"
                + " says. `actor` is the user or the system that made the change; the customer's own id if the customer"
                + " did. What a merge changed is left out if the merge was undone, since it is of another customer.";
    }

    @Override
    public Select select(ExportSubject subject) {
        return new Select(false).add(OF_CUSTOMERS, subject.tenant(), subject.idArray());
    }

    @Override
    public Optional<ExportedEvent> value(Row row) {
        return Optional.of(new ExportedEvent(row.getUUID("customer_id"), History.view(row)));
    }
}
