package io.clientela.activity;

import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Reads the summaries of customers, by one statement for all of a page. */
@Singleton
public class CustomerSummaries {
    private static final String OF_CUSTOMERS = """
            SELECT c.id AS customer_id, k.number AS cluster_number, o.placed_at, o.total, a.id, a.label, a.line1, a.line2,
                   a.district, a.city, a.state, a.postal_code, a.country, a.is_default, a.created_at, a.updated_at
            FROM customer c
            LEFT JOIN cluster k ON k.tenant_id = c.tenant_id AND k.id = c.cluster_id
            LEFT JOIN customer_address a ON a.tenant_id = c.tenant_id AND a.customer_id = c.id AND a.is_default
            LEFT JOIN LATERAL (SELECT placed_at, total FROM customer_order
                               WHERE tenant_id = c.tenant_id AND customer_id = c.id
                               ORDER BY placed_at DESC, id DESC LIMIT 1) AS o ON true
            WHERE c.tenant_id = $1 AND c.id = ANY(%s)""".formatted(TenantStatement.array(2, "uuid"));

    private static final String CLUSTER_NUMBERS = "SELECT id, number FROM cluster WHERE tenant_id = $1 AND id = ANY("
            + TenantStatement.array(2, "uuid") + ")";

    private final Database database;
    private final Caller caller;

    CustomerSummaries(Database database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    /** Returns the summaries of these customers by id; customers that do not exist are left out. */
    public Uni<Map<UUID, CustomerSummary>> of(Collection<UUID> customers) {
        Map<UUID, CustomerSummary> summaries = new HashMap<>();
        return customers.isEmpty()
                ? Uni.createFrom().item(summaries)
                : database.query(OF_CUSTOMERS, ids(customers))
                        .invoke(rows -> rows.forEach(row -> summaries.put(row.getUUID("customer_id"), summary(row))))
                        .replaceWith(summaries);
    }

    /** Returns the numbers of these clusters by id. */
    public Uni<Map<UUID, Long>> clusterNumbers(Collection<UUID> clusters) {
        Map<UUID, Long> numbers = new HashMap<>();
        return clusters.isEmpty()
                ? Uni.createFrom().item(numbers)
                : database.query(CLUSTER_NUMBERS, ids(clusters))
                        .invoke(rows -> rows.forEach(row -> numbers.put(row.getUUID("id"), row.getLong("number"))))
                        .replaceWith(numbers);
    }

    private Tuple ids(Collection<UUID> ids) {
        return Tuple.of(caller.tenant(), ids.toArray(UUID[]::new));
    }

    private static CustomerSummary summary(Row row) {
        var placedAt = row.getOffsetDateTime("placed_at");
        return new CustomerSummary(
                row.getLong("cluster_number"),
                row.getUUID("id") == null ? null : AddressType.view(row),
                placedAt == null ? null : placedAt.toInstant(),
                row.getBigDecimal("total"));
    }
}
