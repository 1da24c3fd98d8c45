package io.clientela.webhook;

import io.vertx.mutiny.sqlclient.Row;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * Where the deliveries of a webhook go.
 *
 * @param active whether it gets any
 * @param failingSince the first of the failures since which no delivery succeeded, or null
 * @param secrets those that sign, the newest first
 */
record DeliveryTarget(URI url, WebhookPayload payload, boolean active, Instant failingSince, List<String> secrets) {
    /** The columns of {@link #of}, of {@code webhook} as {@code w}. */
    static final String COLUMNS = """
            w.url, w.payload, w.disabled_at IS NULL AS active, w.failing_since, ARRAY(
                SELECT secret FROM webhook_secret s
                WHERE s.tenant_id = w.tenant_id AND s.webhook_id = w.id
                    AND (s.expires_at IS NULL OR s.expires_at > clock_timestamp())
                ORDER BY s.created_at DESC) AS secrets""";

    static DeliveryTarget of(Row row) {
        var failing = row.getOffsetDateTime("failing_since");
        return new DeliveryTarget(
                URI.create(row.getString("url")),
                WebhookPayload.of(row.getString("payload")),
                row.getBoolean("active"),
                failing == null ? null : failing.toInstant(),
                List.of(row.getArrayOfStrings("secrets")));
    }
}
