package io.clientela.webhook;

import io.clientela.database.Database;
import io.clientela.history.EventPosition;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Adds a delivery for each event and each webhook that wants it, by one statement that also advances the position of
 * the tenant's events: exactly one, whatever instances do so. Requests that write events do nothing for it.
 */
@ApplicationScoped
class WebhookFanOut {
    private static final Logger LOG = Logger.getLogger(WebhookFanOut.class);

    /** Bounds a transaction, which holds up the deliveries of the tenant. */
    static final int MAX_EVENTS = 1_000;

    /** Limits a run on one tenant, so that other tenants are processed, too. */
    private static final Duration MAX_TIME_PER_TENANT = Duration.ofSeconds(2);

    private static final String TENANTS = """
            SELECT c.tenant_id FROM (SELECT DISTINCT tenant_id FROM webhook WHERE disabled_at IS NULL) AS active
            JOIN event_cursor c ON c.tenant_id = active.tenant_id AND c.reader = $1
            WHERE EXISTS (
                SELECT FROM customer_event
                WHERE customer_event.tenant_id = c.tenant_id
                    AND (customer_event.transaction_id, customer_event.id) > (c.transaction_id, c.event_id) AND %s)
            ORDER BY random()""".formatted(EventPosition.SETTLED);

    private static final String LOCK_WEBHOOKS =
            "SELECT id FROM webhook WHERE tenant_id = $1 AND disabled_at IS NULL ORDER BY id FOR NO KEY UPDATE";

    /**
     * Adds nothing if a webhook was switched on since the others were locked: the next run has it, too.
     *
     * <p>OFFSET 0, NOT, the subqueries and the casts keep PostgreSQL from reading all events or deliveries of the
     * tenant instead of those that are looked for, whatever it expects of them.
     *
     * <p>Of two transactions that changed one customer, the later one can have the lower id, and a page can end between
     * them: at its limit, or before the oldest open transaction. The changes before one of the page are looked for, one
     * version after the other, and added with it if they follow in the feed.
     */
    private static final String ADD = """
            WITH RECURSIVE position AS MATERIALIZED (
                SELECT transaction_id, event_id FROM event_cursor
                WHERE tenant_id = $1 AND reader = $2 AND NOT EXISTS (
                    SELECT FROM webhook w WHERE w.tenant_id = $1 AND w.disabled_at IS NULL AND w.id <> ALL($4))
                FOR UPDATE SKIP LOCKED),
            page AS MATERIALIZED (
                SELECT id, transaction_id, type, subject_type, customer_id, coalesce(customer_version, 0) AS version
                FROM customer_event
                WHERE tenant_id = $1 AND %s AND (transaction_id, id) > (
                    (SELECT transaction_id FROM position), (SELECT event_id FROM position))
                ORDER BY customer_event.transaction_id, customer_event.id LIMIT $3),
            page_end AS MATERIALIZED (
                SELECT transaction_id, id FROM page ORDER BY transaction_id DESC, id DESC LIMIT 1),
            changes AS (
                SELECT * FROM page
                UNION ALL
                SELECT e.* FROM changes CROSS JOIN page_end CROSS JOIN LATERAL (
                    SELECT id, transaction_id, type, subject_type, customer_id, customer_version AS version
                    FROM customer_event
                    WHERE tenant_id = $1 AND customer_id = changes.customer_id
                        AND customer_version = changes.version - 1
                    OFFSET 0) AS e
                WHERE changes.version > 1 AND (e.transaction_id, e.id) > (page_end.transaction_id, page_end.id)),
            wanted AS (
                SELECT w.id AS webhook_id, e.* FROM changes AS e
                JOIN webhook w ON w.tenant_id = $1 AND w.disabled_at IS NULL AND w.id <> e.customer_id
                    AND w.types && ARRAY['*', e.type, split_part(e.type, '.', 1) || '.*']
                    AND NOT pg_visible_in_snapshot(e.transaction_id, w.since)
                WHERE (
                    SELECT d.id FROM webhook_delivery d
                    WHERE d.tenant_id = $1 AND d.webhook_id = w.id AND d.id = e.id) IS NULL),
            ordered AS (
                SELECT wanted.*, row_number() OVER (PARTITION BY webhook_id, customer_id ORDER BY version, id) = 1
                    AND (
                        SELECT d.id FROM webhook_delivery d
                        WHERE d.tenant_id = $1 AND cast(d.webhook_id AS text) = cast(wanted.webhook_id AS text)
                            AND d.subject_id = wanted.customer_id AND d.status IN ('waiting', 'pending')
                        LIMIT 1) IS NULL AS is_next
                FROM wanted),
            added AS (
                INSERT INTO webhook_delivery (tenant_id, webhook_id, id, type, subject_type, subject_id,
                    subject_version, status, due_at, created_at)
                SELECT $1, webhook_id, id, type, subject_type, customer_id, version,
                    CASE WHEN is_next THEN 'pending' ELSE 'waiting' END, CASE WHEN is_next THEN now() END, now()
                FROM ordered RETURNING 1),
            advanced AS (
                UPDATE event_cursor c SET transaction_id = page_end.transaction_id, event_id = page_end.id
                FROM page_end WHERE c.tenant_id = $1 AND c.reader = $2)
            SELECT (SELECT count(*) FROM page) AS events, (SELECT count(*) FROM added) AS deliveries""".formatted(EventPosition.SETTLED);

    private final Database database;
    private final WebhookMetrics metrics;

    WebhookFanOut(Database database, WebhookMetrics metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    /** What a transaction did. */
    private record Added(long events, long deliveries) {}

    /**
     * Processes the tenants with new events in sequence.
     *
     * @param onAdded sends deliveries that were added
     */
    Uni<Void> run(Supplier<Uni<Void>> onAdded) {
        return tenants().chain(tenants -> Multi.createFrom()
                .iterable(tenants)
                .onItem()
                .transformToUniAndConcatenate(tenant -> process(tenant).chain(onAdded::get))
                .collect()
                .last()
                .replaceWithVoid());
    }

    private Uni<List<String>> tenants() {
        return database.queryAllTenants(TENANTS, Tuple.of(WebhookChanges.READER.name()))
                .map(rows -> rows.stream().map(row -> row.getString(0)).toList());
    }

    /** Processes a tenant for a while. Its failure stops no other tenant. */
    private Uni<Void> process(String tenant) {
        long end = System.nanoTime() + MAX_TIME_PER_TENANT.toNanos();
        return Uni.createFrom()
                .deferred(() -> add(tenant))
                .repeat()
                .until(added -> added.events() < MAX_EVENTS || System.nanoTime() > end)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("Events of tenant %s are not delivered for now: %s", tenant, failure))
                .onFailure()
                .recoverWithNull();
    }

    /** Adds the deliveries of a page of events. The webhooks' rows are the locks of their deliveries. */
    private Uni<Added> add(String tenant) {
        return database.transaction(tenant, transaction -> transaction
                        .preparedQuery(LOCK_WEBHOOKS)
                        .execute(Tuple.of(tenant))
                        .map(rows -> rows.stream().map(row -> row.getUUID(0)).toArray(UUID[]::new))
                        .chain(locked -> addPage(transaction, tenant, locked)))
                .invoke(added -> metrics.countAdded(added.deliveries()));
    }

    private static Uni<Added> addPage(SqlConnection transaction, String tenant, UUID[] locked) {
        return transaction
                .preparedQuery(ADD)
                .execute(Tuple.of(tenant, WebhookChanges.READER.name(), (long) MAX_EVENTS, locked))
                .map(rows -> {
                    var row = rows.iterator().next();
                    return new Added(row.getLong("events"), row.getLong("deliveries"));
                });
    }
}
