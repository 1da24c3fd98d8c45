package io.clientela.identity;

import io.clientela.customer.CustomerChange;
import io.clientela.database.Database;
import io.clientela.history.EventCursors;
import io.clientela.history.EventPosition;
import io.clientela.history.EventReader;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The customers that are to be compared with others: those whose events are not read yet, and those that a migration
 * put into {@code duplicate_queue}, as does each change by a version of the service that does not follow events.
 */
@ApplicationScoped
class DuplicateQueue {
    private static final EventReader EVENTS = new EventReader(
            "duplicates",
            Set.of(
                    CustomerChange.CREATED,
                    CustomerChange.DELETED,
                    CustomerChange.ERASED,
                    CustomerChange.MERGED,
                    CustomerChange.MERGE_UNDONE),
            Set.of(
                    "type",
                    "name",
                    "first_name",
                    "last_name",
                    "company_name",
                    "email",
                    "phone",
                    "document",
                    "birthday",
                    "address"));

    /** With one index step per tenant (PostgreSQL wiki, "Loose indexscan"). */
    private static final String TENANTS = """
            WITH RECURSIVE queued AS (
                (SELECT tenant_id FROM duplicate_queue ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT (SELECT q.tenant_id FROM duplicate_queue q WHERE q.tenant_id > queued.tenant_id
                        ORDER BY q.tenant_id LIMIT 1)
                FROM queued WHERE queued.tenant_id IS NOT NULL)
            SELECT tenant_id FROM queued WHERE tenant_id IS NOT NULL""";

    private static final String COUNT = "SELECT count(DISTINCT customer_id) FROM duplicate_queue WHERE tenant_id = $1";

    private static final String NEXT =
            "SELECT customer_id, customer_version FROM duplicate_queue WHERE tenant_id = $1 LIMIT $2";

    private static final String DELETE = """
            DELETE FROM duplicate_queue WHERE (tenant_id, customer_id, customer_version) IN (
                SELECT $1, id, version FROM unnest($2::uuid[], $3::bigint[]) AS entry (id, version))""";

    private final Database database;
    private final EventCursors cursors;

    DuplicateQueue(Database database, EventCursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    /** A row of the queue; one customer may have several. */
    record Entry(UUID customer, long version) {}

    /**
     * Customers to compare.
     *
     * @param customers the customers; none if the events do not affect the comparison
     * @param entries their rows of the queue
     * @param end the position of the last of their events
     */
    record Batch(Set<UUID> customers, List<Entry> entries, Optional<EventPosition> end) {
        static Batch of(List<Entry> entries) {
            return new Batch(
                    entries.stream().map(Entry::customer).collect(Collectors.toSet()), entries, Optional.empty());
        }
    }

    /** Returns the tenants with customers to compare, without those that another instance processes. */
    Uni<Set<String>> tenants() {
        return cursors.tenantsBehind(EVENTS).chain(behind -> database.queryAllTenants(TENANTS, Tuple.tuple())
                .map(rows -> {
                    Set<String> tenants = new HashSet<>(behind);
                    rows.forEach(row -> tenants.add(row.getString(0)));
                    return tenants;
                }));
    }

    /** Returns how many customers of a tenant are to be compared, among its first 10,000 events. */
    Uni<Long> count(String tenant) {
        return cursors.countCustomers(EVENTS, tenant).chain(changed -> database.query(tenant, COUNT, Tuple.of(tenant))
                .map(rows -> changed + rows.iterator().next().getLong(0)));
    }

    /** Reserves a tenant for this instance. Returns false if another one processes it. */
    Uni<Boolean> lease(String tenant) {
        return cursors.lease(EVENTS, tenant);
    }

    Uni<Void> release(String tenant) {
        return cursors.release(EVENTS, tenant);
    }

    /** Returns up to {@code max} customers to compare, or empty if there are none. */
    Uni<Optional<Batch>> next(String tenant, int max) {
        return database.query(tenant, NEXT, Tuple.of(tenant, max)).chain(rows -> {
            List<Entry> entries = new ArrayList<>();
            rows.forEach(row -> entries.add(new Entry(row.getUUID(0), row.getLong(1))));
            return entries.isEmpty()
                    ? cursors.next(EVENTS, tenant, max)
                            .map(next ->
                                    next.map(page -> new Batch(page.customers(), List.of(), Optional.of(page.end()))))
                    : Uni.createFrom().item(Optional.of(Batch.of(entries)));
        });
    }

    /**
     * Removes compared customers, in the transaction that stores the result.
     *
     * @param compared those of the batch that were compared as they are now. The others have changed since the batch
     *     was read, so that a later event follows; what is in the queue stays there
     */
    Uni<Void> complete(SqlConnection transaction, String tenant, Batch batch, Set<UUID> compared) {
        if (batch.end().isPresent()) {
            return cursors.advance(transaction, EVENTS, tenant, batch.end().get());
        }
        var entries = batch.entries().stream()
                .filter(entry -> compared.contains(entry.customer()))
                .toList();
        var values = Tuple.of(
                tenant,
                entries.stream().map(Entry::customer).toArray(UUID[]::new),
                entries.stream().map(Entry::version).toArray(Long[]::new));
        return transaction.preparedQuery(DELETE).execute(values).replaceWithVoid();
    }
}
