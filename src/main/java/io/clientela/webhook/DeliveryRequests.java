package io.clientela.webhook;

import io.clientela.database.Database;
import io.clientela.database.RowReader;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** The deliveries that callers ask for: tests, and events once more. Each method is one transaction. */
@ApplicationScoped
class DeliveryRequests {
    /** The type of a test, which is no event: nobody else gets it. */
    static final String TEST = "webhook.test";

    private static final String INSERT_TEST = """
            WITH earlier AS (
                SELECT EXISTS (
                    SELECT FROM webhook_delivery WHERE tenant_id = $1 AND webhook_id = $2 AND subject_id = $2
                        AND status IN ('waiting', 'pending')) AS unfinished)
            INSERT INTO webhook_delivery (tenant_id, webhook_id, id, type, subject_type, subject_id, subject_version,
                status, due_at, created_at)
            SELECT $1, $2, $3, '%s', 'webhook', $2, 0, CASE WHEN unfinished THEN 'waiting' ELSE 'pending' END,
                CASE WHEN NOT unfinished THEN now() END, now()
            FROM earlier
            RETURNING %s""".formatted(TEST, DeliveryView.COLUMNS);

    /** At most one of a subject is pending. */
    private static final String REOPEN = """
            WITH earlier AS (
                SELECT EXISTS (
                    SELECT FROM webhook_delivery other JOIN webhook_delivery d USING (tenant_id, webhook_id, subject_id)
                    WHERE d.tenant_id = $1 AND d.webhook_id = $2 AND d.id = $3
                        AND other.status IN ('waiting', 'pending')) AS unfinished)
            UPDATE webhook_delivery SET status = CASE WHEN unfinished THEN 'waiting' ELSE 'pending' END,
                due_at = CASE WHEN NOT unfinished THEN now() END, attempts = 0, finished_at = NULL
            FROM earlier
            WHERE tenant_id = $1 AND webhook_id = $2 AND id = $3 AND status IN ('succeeded', 'failed')""";

    private static final String SEND_NOW = """
            UPDATE webhook_delivery SET due_at = now()
            WHERE tenant_id = $1 AND webhook_id = $2 AND id = $3 AND status = 'pending' AND leased_by IS NULL""";

    private static final String SELECT = "SELECT " + DeliveryView.COLUMNS
            + " FROM webhook_delivery WHERE tenant_id = $1 AND webhook_id = $2 AND id = $3";

    private final Database database;
    private final Caller caller;
    private final WebhookRecords webhooks;

    DeliveryRequests(Database database, Caller caller, WebhookRecords webhooks) {
        this.database = database;
        this.caller = caller;
        this.webhooks = webhooks;
    }

    /**
     * Adds a delivery of no event.
     *
     * @throws ProblemException 404, 409 if the webhook is switched off
     */
    Uni<DeliveryView> test(UUID webhook) {
        var id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        return database.transaction(() -> lockActive(webhook)
                .chain(() -> TenantStatement.query(caller.tenant(), INSERT_TEST, webhook, id))
                .map(rows -> DeliveryView.of(RowReader.of(rows.get(0)))));
    }

    /**
     * Delivers an event once more, with all attempts. One that is not finished is sent without waiting for the time of
     * its next attempt.
     *
     * @throws ProblemException 404, 409 if the webhook is switched off
     */
    Uni<DeliveryView> redeliver(UUID webhook, UUID id) {
        return database.transaction(() -> lockActive(webhook)
                .chain(() -> TenantStatement.update(caller.tenant(), SEND_NOW, webhook, id))
                .chain(() -> TenantStatement.update(caller.tenant(), REOPEN, webhook, id))
                .chain(() -> TenantStatement.query(caller.tenant(), SELECT, webhook, id))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> DeliveryView.of(RowReader.of(row)))
                        .orElseThrow(ProblemException::notFound)));
    }

    private Uni<Void> lockActive(UUID webhook) {
        return webhooks.lock(webhook)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .invoke(found -> {
                    if (!found.active()) {
                        throw WebhookProblems.inactive();
                    }
                })
                .replaceWithVoid();
    }
}
