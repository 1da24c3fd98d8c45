package io.clientela.webhook;

import io.clientela.retention.RetentionRule;
import io.clientela.retention.RetentionSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** What is deleted of webhooks and their deliveries. */
class WebhookRetention {
    private static final String DELETE_FINISHED = """
            DELETE FROM webhook_delivery WHERE (tenant_id, webhook_id, id) IN (
                SELECT tenant_id, webhook_id, id FROM webhook_delivery
                WHERE finished_at < now() - make_interval(secs => $1)
                ORDER BY finished_at LIMIT 1000 FOR UPDATE SKIP LOCKED)""";

    /** Of a subject, those that wait go before the one that they wait for. */
    private static final String DELETE_UNSENT = """
            DELETE FROM webhook_delivery WHERE (tenant_id, webhook_id, id) IN (
                SELECT d.tenant_id, d.webhook_id, d.id
                FROM webhook w JOIN webhook_delivery d ON d.tenant_id = w.tenant_id AND d.webhook_id = w.id
                WHERE w.disabled_at < now() - make_interval(secs => $1) AND d.status IN ('waiting', 'pending')
                ORDER BY d.status DESC LIMIT 1000 FOR UPDATE OF d SKIP LOCKED)""";

    private static final String DELETE_OF_DELETED = """
            DELETE FROM webhook_delivery WHERE (tenant_id, webhook_id, id) IN (
                SELECT d.tenant_id, d.webhook_id, d.id
                FROM webhook w JOIN webhook_delivery d ON d.tenant_id = w.tenant_id AND d.webhook_id = w.id
                WHERE w.deleted_at < now() - make_interval(secs => $1)
                LIMIT 1000 FOR UPDATE OF d SKIP LOCKED)""";

    private static final String DELETE_WEBHOOKS = """
            DELETE FROM webhook WHERE (tenant_id, id) IN (
                SELECT tenant_id, id FROM webhook w WHERE deleted_at < now() - make_interval(secs => $1)
                    AND NOT EXISTS (
                        SELECT FROM webhook_delivery d WHERE d.tenant_id = w.tenant_id AND d.webhook_id = w.id)
                LIMIT 1000 FOR UPDATE SKIP LOCKED)""";

    /** A kind, how it is deleted and when. */
    private record Rule(String kind, String statement, Optional<Duration> age) implements RetentionRule {}

    @Produces
    @Singleton
    RetentionRule finished(RetentionSettings settings) {
        return new Rule("webhook-deliveries", DELETE_FINISHED, Optional.of(settings.webhookDeliveries()));
    }

    /** What a webhook was to get that has been switched off for as long as finished deliveries are kept. */
    @Produces
    @Singleton
    RetentionRule unsent(RetentionSettings settings) {
        return new Rule("webhook-unsent-deliveries", DELETE_UNSENT, Optional.of(settings.webhookDeliveries()));
    }

    @Produces
    @Singleton
    RetentionRule ofDeleted() {
        return new Rule("deleted-webhook-deliveries", DELETE_OF_DELETED, Optional.of(Duration.ZERO));
    }

    @Produces
    @Singleton
    RetentionRule deleted() {
        return new Rule("deleted-webhooks", DELETE_WEBHOOKS, Optional.of(Duration.ZERO));
    }
}
