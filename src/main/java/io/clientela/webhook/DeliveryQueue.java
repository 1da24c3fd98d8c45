package io.clientela.webhook;

import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.history.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The deliveries that are to be sent (ADR 22). All that concerns an endpoint happens in transactions that lock its
 * webhook's row, so that one delivery of a subject is pending and the others wait for it, whatever instances work on
 * them. An instance that was killed loses its leases after 30 s.
 */
@ApplicationScoped
class DeliveryQueue {
    /** How long a lease lasts; longer than an attempt, with all that it may wait for. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** With one index step for each active webhook. */
    private static final String ENDPOINTS = """
            SELECT tenant_id, id FROM webhook w
            WHERE disabled_at IS NULL AND EXISTS (
                SELECT FROM webhook_delivery d
                WHERE d.tenant_id = w.tenant_id AND d.webhook_id = w.id AND d.status = 'pending' AND d.due_at <= now())
            ORDER BY random()""";

    /** Bounds the work of counting. */
    private static final String COUNT_UNFINISHED = """
            SELECT count(*) FROM (
                SELECT FROM webhook_delivery WHERE status IN ('waiting', 'pending') LIMIT 100000) AS unfinished""";

    private static final String LOCK = "SELECT " + DeliveryTarget.COLUMNS
            + " FROM webhook w WHERE w.tenant_id = $1 AND w.id = $2 AND w.deleted_at IS NULL FOR NO KEY UPDATE OF w";

    /**
     * A result is written under the lease of its attempt. After the last one, the next one of the subject is due. The
     * concatenation keeps PostgreSQL from reading all that is pending.
     */
    private static final String COMPLETE = """
            WITH result AS (
                SELECT * FROM unnest($4::uuid[], $5::integer[], $6::text[], $7::float8[], $8::integer[], $9::integer[],
                    $10::text[], $11::text[])
                    AS result (id, attempts, status, delay, response_status, duration_ms, error, response_body)),
            written AS (
                UPDATE webhook_delivery d SET status = result.status, leased_by = NULL,
                    due_at = CASE WHEN result.status = 'pending' THEN now() + make_interval(secs => result.delay) END,
                    finished_at = CASE WHEN result.status <> 'pending' THEN now() END,
                    response_status = result.response_status, duration_ms = result.duration_ms, error = result.error,
                    response_body = result.response_body
                FROM result
                WHERE d.tenant_id = $1 AND d.webhook_id = $2 AND d.id = result.id AND d.status || '' = 'pending'
                    AND d.leased_by = $3 AND d.attempts = result.attempts
                RETURNING d.subject_id, d.status),
            following AS (
                SELECT next.id FROM written CROSS JOIN LATERAL (
                    SELECT w.id FROM webhook_delivery w
                    WHERE w.tenant_id = $1 AND w.webhook_id = $2 AND w.subject_id = written.subject_id
                        AND w.status = 'waiting'
                    ORDER BY w.subject_version, w.id LIMIT 1) AS next
                WHERE written.status <> 'pending')
            UPDATE webhook_delivery d SET status = 'pending', due_at = now()
            FROM following WHERE d.tenant_id = $1 AND d.webhook_id = $2 AND d.id = following.id""";

    private static final String RECORD_FAILING = """
            UPDATE webhook SET failing_since = CASE WHEN $3 THEN now() END
            WHERE tenant_id = $1 AND id = $2""";

    /**
     * The body is made of the event as it is now: an erasure reaches what is still to be sent. The limit keeps
     * PostgreSQL from reading all events of the tenant instead of these.
     */
    private static final String LEASE_DUE = """
            WITH due AS (
                SELECT id FROM webhook_delivery
                WHERE tenant_id = $1 AND webhook_id = $2 AND status = 'pending' AND due_at <= now()
                ORDER BY due_at LIMIT $4),
            leased AS (
                UPDATE webhook_delivery d SET leased_by = $3, due_at = now() + make_interval(secs => $5),
                    attempts = attempts + 1
                FROM due WHERE d.tenant_id = $1 AND d.webhook_id = $2 AND d.id = due.id
                RETURNING d.*)
            SELECT %s, event.* FROM leased d LEFT JOIN LATERAL (
                SELECT %s FROM customer_event e WHERE e.tenant_id = $1 AND e.id = d.id LIMIT 1) AS event ON true""".formatted(DueDelivery.COLUMNS, Event.COLUMNS);

    private final Database database;
    private final UUID instance = UUID.randomUUID();

    DeliveryQueue(Database database) {
        this.database = database;
    }

    /** Returns the endpoints with deliveries that are due, in a random order. */
    Uni<List<Endpoint>> dueEndpoints() {
        return database.queryAllTenants(ENDPOINTS, Tuple.tuple()).map(rows -> rows.stream()
                .map(row -> new Endpoint(row.getString(0), row.getUUID(1)))
                .toList());
    }

    /** Returns how many deliveries of all tenants are not finished, at most 100,000. */
    Uni<Long> countUnfinished() {
        return database.queryAllTenants(COUNT_UNFINISHED, Tuple.tuple())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /**
     * Writes results and leases the next deliveries of an endpoint, in one transaction.
     *
     * @param max returns how many to lease
     */
    Uni<DeliveryTurn> turn(Endpoint endpoint, List<DeliveryResult> results, Function<DeliveryTarget, Integer> max) {
        return database.transaction(endpoint.tenant(), transaction -> lock(transaction, endpoint)
                .chain(target -> target.isEmpty()
                        ? Uni.createFrom().item(new DeliveryTurn(target, List.of()))
                        : complete(transaction, endpoint, target.get(), results)
                                .chain(() -> lease(transaction, endpoint, max.apply(target.get())))
                                .map(due -> new DeliveryTurn(target, due))));
    }

    private static Uni<Optional<DeliveryTarget>> lock(SqlConnection transaction, Endpoint endpoint) {
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(endpoint.tenant(), endpoint.webhook()))
                .map(rows -> rows.stream().findFirst().map(DeliveryTarget::of));
    }

    private Uni<Void> complete(
            SqlConnection transaction, Endpoint endpoint, DeliveryTarget target, List<DeliveryResult> results) {
        if (results.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var written = transaction.preparedQuery(COMPLETE).execute(values(endpoint, results));
        boolean failing = results.stream().noneMatch(DeliveryResult::succeeded);
        return failing == (target.failingSince() != null)
                ? written.replaceWithVoid()
                : written.chain(() -> transaction
                                .preparedQuery(RECORD_FAILING)
                                .execute(Tuple.of(endpoint.tenant(), endpoint.webhook(), failing)))
                        .replaceWithVoid();
    }

    private Tuple values(Endpoint endpoint, List<DeliveryResult> results) {
        return Tuple.from(List.of(
                endpoint.tenant(),
                endpoint.webhook(),
                instance,
                TenantStatement.column(results, UUID[]::new, DeliveryResult::id),
                TenantStatement.column(results, Integer[]::new, DeliveryResult::attempts),
                TenantStatement.column(
                        results, String[]::new, result -> result.status().toString()),
                TenantStatement.column(results, Double[]::new, result -> result.delay()
                        .map(delay -> delay.toMillis() / 1000.0)
                        .orElse(null)),
                TenantStatement.column(results, Integer[]::new, DeliveryResult::responseStatus),
                TenantStatement.column(results, Integer[]::new, DeliveryResult::durationMs),
                TenantStatement.column(results, String[]::new, DeliveryResult::error),
                TenantStatement.column(results, String[]::new, DeliveryResult::body)));
    }

    private Uni<List<DueDelivery>> lease(SqlConnection transaction, Endpoint endpoint, int max) {
        if (max == 0) {
            return Uni.createFrom().item(List.of());
        }
        return transaction
                .preparedQuery(LEASE_DUE)
                .execute(Tuple.of(
                        endpoint.tenant(), endpoint.webhook(), instance, (long) max, (double) LEASE.toSeconds()))
                .map(rows -> rows.stream()
                        .map(row -> DueDelivery.of(row, endpoint.tenant()))
                        .toList());
    }
}
