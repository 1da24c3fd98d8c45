package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.CallerFilter;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Removes all customers from a cluster inside the caller's transaction. The number of statements does not depend on the
 * number of customers.
 */
@ApplicationScoped
public class ClusterDissolution {
    private static final String MEMBERS = """
            SELECT c.id FROM customer c WHERE c.tenant_id = :tenant AND c.cluster_id = :cluster
            UNION ALL
            SELECT m.customer_id FROM cluster_member m WHERE m.tenant_id = :tenant AND m.cluster_id = :cluster""";

    private static final String LOCK = "SELECT id, location_id FROM customer WHERE tenant_id = :tenant AND id IN ("
            + MEMBERS + ") ORDER BY id FOR NO KEY UPDATE";

    // Conflicts with the lock of those who join: they have joined before, or find no cluster afterwards.
    private static final String LOCK_CLUSTER =
            "SELECT id FROM cluster WHERE tenant_id = :tenant AND id = :cluster FOR UPDATE";

    private static final String COUNT_NEW =
            "SELECT count(*) FROM (" + MEMBERS + ") AS member WHERE id <> ALL(cast(cast(:ids AS text[]) AS uuid[]))";

    // A statement of its own: it sees changes that were committed while LOCK waited, which LOCK itself does not.
    private static final String UPDATE = """
            UPDATE customer c
            SET cluster_id = CASE WHEN old.is_main THEN NULL ELSE c.cluster_id END, version = c.version + 1,
                updated_at = greatest(date_trunc('microsecond', now()), c.updated_at + interval '1 microsecond')
            FROM (SELECT o.id, o.cluster_id IS NOT DISTINCT FROM :cluster AS is_main
                  FROM customer o
                  WHERE o.tenant_id = :tenant AND o.id = ANY(cast(cast(:ids AS text[]) AS uuid[])) AND (o.cluster_id = :cluster
                      OR EXISTS (SELECT 1 FROM cluster_member m WHERE m.tenant_id = :tenant
                          AND m.cluster_id = :cluster AND m.customer_id = o.id))) AS old
            WHERE c.tenant_id = :tenant AND c.id = old.id
            RETURNING c.id, c.version, cast(extract(epoch FROM c.updated_at) * 1000000 AS bigint), old.is_main""";

    private static final String DELETE_MEMBERS =
            "DELETE FROM cluster_member WHERE tenant_id = :tenant AND cluster_id = :cluster";

    private final Caller caller;
    private final CustomerJson json;
    private final List<ChangeLog> logs;

    ClusterDissolution(Caller caller, CustomerJson json, @All List<ChangeLog> logs) {
        this.caller = caller;
        this.json = json;
        this.logs = logs;
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
        return Panache.getSession().chain(session -> query(session, LOCK, Object[].class, cluster)
                .getResultList()
                .map(this::visibleIds)
                .call(() -> query(session, LOCK_CLUSTER, UUID.class, cluster).getResultList())
                .chain(ids -> query(session, COUNT_NEW, Long.class, cluster)
                        .setParameter("ids", ids)
                        .getSingleResult()
                        .chain(joined -> joined > 0
                                ? Uni.createFrom().item(false)
                                : removeAll(session, cluster, ids, type, details))));
    }

    private Uni<Boolean> removeAll(
            Mutiny.Session session, UUID cluster, String[] ids, String type, ObjectNode details) {
        return query(session, UPDATE, Object[].class, cluster)
                .setParameter("ids", ids)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> change(row, cluster, type, details))
                        .toList())
                .chain(this::log)
                .chain(() -> session.createNativeQuery(DELETE_MEMBERS)
                        .setParameter("tenant", caller.tenant())
                        .setParameter("cluster", cluster)
                        .executeUpdate())
                .replaceWith(true);
    }

    private <T> Mutiny.SelectionQuery<T> query(Mutiny.Session session, String sql, Class<T> type, UUID cluster) {
        return session.createNativeQuery(sql, type)
                .setParameter("tenant", caller.tenant())
                .setParameter("cluster", cluster);
    }

    private String[] visibleIds(List<Object[]> rows) {
        var confinement = caller.confinement();
        if (confinement.isPresent()
                && rows.stream().anyMatch(row -> !confinement.get().equals(row[1]))) {
            throw CallerFilter.outside();
        }
        return rows.stream().map(row -> row[0].toString()).toArray(String[]::new);
    }

    private CustomerChange change(Object[] row, UUID cluster, String type, ObjectNode details) {
        var changes = json.emptyObject();
        if ((Boolean) row[3]) {
            changes.putObject("cluster_id").put("from", cluster.toString()).putNull("to");
        }
        var at = Instant.EPOCH.plus((Long) row[2], ChronoUnit.MICROS);
        return new CustomerChange(type, (UUID) row[0], (Long) row[1], at, changes, details);
    }

    private Uni<Void> log(List<CustomerChange> changes) {
        return changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : TenantStatement.pipelined(
                        logs.stream().map(log -> log.write(changes)).toList());
    }
}
