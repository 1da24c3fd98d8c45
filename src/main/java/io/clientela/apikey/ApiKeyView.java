package io.clientela.apikey;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clientela.database.RowReader;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A key, as callers read it; with the key itself where it was just made, and never again. */
@RegisterForReflection
@Schema(name = "ApiKey")
public record ApiKeyView(
        UUID id,
        String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) String key,
        List<String> scopes,
        String location,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        Instant lastUsedAt,
        Instant revokedAt) {
    /** The columns of {@link #of}, of the table {@code api_key} as {@code key}. */
    static final String COLUMNS = "key.id, key.name, key.scopes, key.location, key.created_at, key.created_by,"
            + " key.expires_at, key.last_used_at, key.revoked_at";

    /** Reads {@link #COLUMNS}, the next ones of the row. */
    static ApiKeyView of(RowReader row) {
        return new ApiKeyView(
                row.next(),
                row.next(),
                null,
                List.of(row.<String[]>next()),
                row.next(),
                row.nextTimestamp(),
                row.next(),
                row.nextTimestamp(),
                row.nextTimestamp(),
                row.nextTimestamp());
    }

    /** Returns the view with the key itself. */
    ApiKeyView showing(KeyText key) {
        return new ApiKeyView(
                id, name, key.text(), scopes, location, createdAt, createdBy, expiresAt, lastUsedAt, revokedAt);
    }

    ApiKeyGrant grant() {
        return new ApiKeyGrant(scopes, location, expiresAt);
    }
}
