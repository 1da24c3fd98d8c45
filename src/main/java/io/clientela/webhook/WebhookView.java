package io.clientela.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clientela.database.RowReader;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A webhook, as callers read it; with a secret where that was just made, and never again.
 *
 * @param disabledReason {@code requested} by a caller, {@code gone} if the receiver answered 410, {@code failing} if
 *     every delivery failed for days; null while it is active
 * @param failingSince the first of the failures since which no delivery succeeded; null if the last one did
 */
@RegisterForReflection
@Schema(name = "Webhook")
public record WebhookView(
        UUID id,
        String url,
        List<String> types,
        String description,
        WebhookPayload payload,
        boolean active,
        @JsonInclude(JsonInclude.Include.NON_NULL) String secret,
        Instant disabledAt,
        String disabledReason,
        Instant failingSince,
        long version,
        Instant createdAt,
        String createdBy,
        Instant updatedAt) {
    /** The columns of {@link #of}. */
    static final String COLUMNS = "id, url, types, description, payload, disabled_at, disabled_reason, failing_since,"
            + " version, created_at, created_by, updated_at";

    /** Reads {@link #COLUMNS}. */
    static WebhookView of(RowReader row) {
        UUID id = row.next();
        String url = row.next();
        var types = List.of(row.<String[]>next());
        String description = row.next();
        var payload = WebhookPayload.of(row.next());
        var disabledAt = row.nextTimestamp();
        return new WebhookView(
                id,
                url,
                types,
                description,
                payload,
                disabledAt == null,
                null,
                disabledAt,
                row.next(),
                row.nextTimestamp(),
                row.<Long>next(),
                row.nextTimestamp(),
                row.next(),
                row.nextTimestamp());
    }

    /** Returns the view with a secret. */
    WebhookView showing(String shown) {
        return new WebhookView(
                id,
                url,
                types,
                description,
                payload,
                active,
                shown,
                disabledAt,
                disabledReason,
                failingSince,
                version,
                createdAt,
                createdBy,
                updatedAt);
    }

    /** Returns the fields that callers write. */
    WebhookInput writable() {
        return new WebhookInput(url, types, description, payload, active);
    }
}
