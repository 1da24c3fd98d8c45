package io.clientela.history;

import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The stored positions of readers that follow the events of tenants in the background (ADR 11). A tenant is leased by
 * one instance of the service at a time, which holds no connection meanwhile; the others go on to other tenants.
 */
@ApplicationScoped
public class EventCursors {
    /** How long a lease lasts if it is not released: of an instance that was killed. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** Bounds the work of counting. */
    static final int MAX_COUNTED = 10_000;

    /** With one index step per tenant (PostgreSQL wiki, "Loose indexscan"). */
    private static final String TENANTS_BEHIND = """
            WITH RECURSIVE newest AS (
                (SELECT tenant_id, transaction_id, id FROM customer_event
                 ORDER BY tenant_id DESC, transaction_id DESC, id DESC LIMIT 1)
                UNION ALL
                SELECT previous.* FROM newest CROSS JOIN LATERAL (
                    SELECT e.tenant_id, e.transaction_id, e.id FROM customer_event e
                    WHERE e.tenant_id < newest.tenant_id
                    ORDER BY e.tenant_id DESC, e.transaction_id DESC, e.id DESC LIMIT 1) AS previous)
            SELECT tenant_id FROM newest WHERE NOT EXISTS (
                SELECT FROM event_cursor c WHERE c.tenant_id = newest.tenant_id AND c.reader = $1 AND (
                    (newest.transaction_id, newest.id) <= (c.transaction_id, c.event_id) OR c.leased_until > now()))""";

    private static final String LEASE_TENANT = """
            INSERT INTO event_cursor (tenant_id, reader, leased_by, leased_until)
            VALUES ($1, $2, $3, now() + make_interval(secs => $4))
            ON CONFLICT (tenant_id, reader) DO UPDATE
                SET leased_by = excluded.leased_by, leased_until = excluded.leased_until
                WHERE event_cursor.leased_until IS NULL OR event_cursor.leased_until <= now()""";

    private static final String RELEASE =
            "UPDATE event_cursor SET leased_until = NULL WHERE tenant_id = $1 AND reader = $2 AND leased_by = $3";

    private static final String ADVANCE = """
            UPDATE event_cursor SET transaction_id = $4::bigint::text::xid8, event_id = $5
            WHERE tenant_id = $1 AND reader = $2 AND leased_by = $3""";

    private static final String AFTER_CURSOR = """
            tenant_id = $1 AND (transaction_id, id) > (
                coalesce((SELECT transaction_id FROM event_cursor WHERE tenant_id = $1 AND reader = $2), '0'),
                coalesce((SELECT event_id FROM event_cursor WHERE tenant_id = $1 AND reader = $2),
                    '00000000-0000-0000-0000-000000000000'))""";

    /** As json and not jsonb, which would convert all values. */
    private static final String IS_READ = """
            (subject_type = 'customer' AND (type = ANY($4) OR EXISTS (
                SELECT FROM json_object_keys(changes::json) AS field WHERE field = ANY($5))))""";

    private static final String NEXT = "SELECT customer_id, transaction_id::text::bigint, id, " + IS_READ
            + " FROM customer_event WHERE " + AFTER_CURSOR + " AND " + EventPosition.SETTLED
            + " ORDER BY customer_event.transaction_id, customer_event.id LIMIT $3";

    private static final String COUNT = "SELECT greatest(count(DISTINCT customer_id) FILTER (WHERE " + IS_READ
            + "), (count(*) = $3)::integer) FROM (SELECT customer_id, subject_type, type, changes FROM customer_event WHERE "
            + AFTER_CURSOR + " ORDER BY transaction_id, id LIMIT $3) AS following";

    /** At the oldest transaction that is open: what ended before it is not read. */
    private static final String BEGIN = """
            INSERT INTO event_cursor (tenant_id, reader, transaction_id)
            VALUES ($1, $2, pg_snapshot_xmin(pg_current_snapshot()))
            ON CONFLICT (tenant_id, reader) DO NOTHING""";

    private static final String END = "DELETE FROM event_cursor WHERE tenant_id = $1 AND reader = $2";

    private final Database database;
    private final UUID instance = UUID.randomUUID();

    public EventCursors(Database database) {
        this.database = database;
    }

    /**
     * Begins to follow a tenant's events, in the current transaction: those of transactions that are open now, and all
     * later ones. Has no effect on a reader that follows them.
     */
    public Uni<Void> begin(EventReader reader, String tenant) {
        return TenantStatement.update(tenant, BEGIN, reader.name()).replaceWithVoid();
    }

    /** Ends following a tenant's events, in the current transaction: none is kept for this reader any more. */
    public Uni<Void> end(EventReader reader, String tenant) {
        return TenantStatement.update(tenant, END, reader.name()).replaceWithVoid();
    }

    /** Returns the tenants with events after a reader's position that are not leased. */
    public Uni<Set<String>> tenantsBehind(EventReader reader) {
        return database.queryAllTenants(TENANTS_BEHIND, Tuple.of(reader.name())).map(rows -> {
            Set<String> tenants = new HashSet<>();
            rows.forEach(row -> tenants.add(row.getString(0)));
            return tenants;
        });
    }

    /** Leases a tenant's events to this instance for 30 s. Returns false if another lease has not ended. */
    public Uni<Boolean> lease(EventReader reader, String tenant) {
        return database.query(
                        tenant, LEASE_TENANT, Tuple.of(tenant, reader.name(), instance, (double) LEASE.toSeconds()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Ends the lease of this instance. */
    public Uni<Void> release(EventReader reader, String tenant) {
        return database.query(tenant, RELEASE, Tuple.of(tenant, reader.name(), instance))
                .replaceWithVoid();
    }

    /**
     * Returns the events after the reader's position, at most {@code max} and without those that follow an open
     * transaction; empty if there are none.
     */
    public Uni<Optional<EventPage>> next(EventReader reader, String tenant, int max) {
        return database.query(tenant, NEXT, values(reader, tenant, max)).map(EventCursors::page);
    }

    private static Optional<EventPage> page(RowSet<Row> rows) {
        List<Row> events = new ArrayList<>();
        rows.forEach(events::add);
        if (events.isEmpty()) {
            return Optional.empty();
        }
        Set<UUID> customers = new HashSet<>();
        events.stream().filter(event -> event.getBoolean(3)).forEach(event -> customers.add(event.getUUID(0)));
        var last = events.get(events.size() - 1);
        return Optional.of(new EventPage(customers, new EventPosition(last.getLong(1), last.getUUID(2))));
    }

    /**
     * Stores that the reader has read up to a position, in the transaction of what it made of the events.
     *
     * @throws IllegalStateException if another instance has leased the tenant since
     */
    public Uni<Void> advance(SqlConnection transaction, EventReader reader, String tenant, EventPosition end) {
        return transaction
                .preparedQuery(ADVANCE)
                .execute(Tuple.of(tenant, reader.name(), instance, end.transactionId(), end.eventId()))
                .invoke(rows -> {
                    if (rows.rowCount() != 1) {
                        throw new IllegalStateException("Another instance has leased the events since");
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Counts the customers whose events follow the reader's position, also after open transactions. Of the events, the
     * first 10,000 are counted; if there are more, at least one.
     */
    public Uni<Long> countCustomers(EventReader reader, String tenant) {
        return database.query(tenant, COUNT, values(reader, tenant, MAX_COUNTED))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Tuple values(EventReader reader, String tenant, int max) {
        return Tuple.of(tenant, reader.name(), max, reader.typeArray(), reader.fieldArray());
    }
}
