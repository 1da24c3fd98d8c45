package io.clientela.customer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.RowReader;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.CallerFilter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Removes all customers from a cluster inside the caller's transaction. The number of statements does not depend on the
 * number of customers.
 */
@ApplicationScoped
public class ClusterDissolution {
    private static final String MEMBERS = """
            SELECT c.id FROM customer c WHERE c.tenant_id = $1 AND c.cluster_id = $2
            UNION ALL
            SELECT m.customer_id FROM cluster_member m WHERE m.tenant_id = $1 AND m.cluster_id = $2""";

    private static final String LOCK = "SELECT id, location_id FROM customer WHERE tenant_id = $1 AND id IN (" + MEMBERS
            + ") ORDER BY id FOR NO KEY UPDATE";

    // Conflicts with the lock of those who join: they have joined before, or find no cluster afterwards.
    private static final String LOCK_CLUSTER = "SELECT id FROM cluster WHERE tenant_id = $1 AND id = $2 FOR UPDATE";

    private static final String COUNT_NEW =
            "SELECT count(*) FROM (" + MEMBERS + ") AS member WHERE id <> ALL($3::uuid[])";

    // A statement of its own: it sees changes that were committed while LOCK waited, which LOCK itself does not.
    private static final String UPDATE = """
            UPDATE customer c
            SET cluster_id = CASE WHEN old.is_main THEN NULL ELSE c.cluster_id END, version = c.version + 1,
                updated_at = greatest(date_trunc('microsecond', now()), c.updated_at + interval '1 microsecond')
            FROM (SELECT o.id, o.cluster_id IS NOT DISTINCT FROM $2 AS is_main
                  FROM customer o
                  WHERE o.tenant_id = $1 AND o.id = ANY($3::uuid[]) AND (o.cluster_id = $2
                      OR EXISTS (SELECT 1 FROM cluster_member m WHERE m.tenant_id = $1
                          AND m.cluster_id = $2 AND m.customer_id = o.id))) AS old
            WHERE c.tenant_id = $1 AND c.id = old.id
            RETURNING c.id, c.version, c.updated_at, old.is_main""";

    private static final String DELETE_MEMBERS = "DELETE FROM cluster_member WHERE tenant_id = $1 AND cluster_id = $2";

    private final Caller caller;
    private final CustomerRecords records;

    ClusterDissolution(Caller caller, CustomerRecords records) {
        this.caller = caller;
        this.records = records;
    }

    /**
     * Removes all customers from the cluster, with a new version and a log entry for each. Customers are locked before
     * the cluster (ADR 3), so that others can join between the two locks.
     *
     * @param type the event type of the log entries
     * @param details the related data of the log entries
     * @return whether it did; if not, because others joined, the caller must roll back, which releases the locks, and
     *     start again
     * @throws ProblemException 403 if a customer of another location than the caller's belongs to it
     */
    public Uni<Boolean> dissolve(UUID cluster, String type, ObjectNode details) {
        return query(LOCK, cluster)
                .map(this::visibleIds)
                .call(() -> query(LOCK_CLUSTER, cluster))
                .chain(ids -> query(COUNT_NEW, cluster, ids)
                        .chain(joined -> (Long) joined.get(0)[0] > 0
                                ? Uni.createFrom().item(false)
                                : removeAll(cluster, ids, type, details)));
    }

    private Uni<Boolean> removeAll(UUID cluster, UUID[] ids, String type, ObjectNode details) {
        return query(UPDATE, cluster, ids)
                .map(rows -> rows.stream()
                        .map(row -> change(RowReader.of(row), cluster, type, details))
                        .toList())
                .chain(records::log)
                .chain(() -> TenantStatement.update(caller.tenant(), DELETE_MEMBERS, cluster))
                .replaceWith(true);
    }

    private Uni<List<Object[]>> query(String sql, Object... values) {
        return TenantStatement.query(caller.tenant(), sql, values);
    }

    private UUID[] visibleIds(List<Object[]> rows) {
        if (rows.stream().anyMatch(row -> !caller.reaches((String) row[1]))) {
            throw CallerFilter.outside();
        }
        return rows.stream().map(row -> (UUID) row[0]).toArray(UUID[]::new);
    }

    private static CustomerChange change(RowReader row, UUID cluster, String type, ObjectNode details) {
        UUID id = row.next();
        long version = row.<Long>next();
        var at = row.nextTimestamp();
        var changes = JsonNodeFactory.instance.objectNode();
        if (row.<Boolean>next()) {
            changes.putObject("cluster_id").put("from", cluster.toString()).putNull("to");
        }
        return new CustomerChange(type, id, version, at, changes, details);
    }
}
