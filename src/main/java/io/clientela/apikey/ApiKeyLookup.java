package io.clientela.apikey;

import io.clientela.database.Database;
import io.clientela.security.Bearer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Reads the key that a caller sent, before its tenant is known. The database's clock decides whether a key has ended,
 * so that replicas agree.
 */
@Singleton
class ApiKeyLookup {
    private static final Logger LOG = Logger.getLogger(ApiKeyLookup.class);

    /** With the cache, {@code last_used_at} is right to a minute, and written at most twice in one. */
    private static final String RECORDED_LATELY = "last_used_at >= clock_timestamp() - interval '30 seconds'";

    private static final String WORKING = """
            SELECT key.tenant_id, key.id, key.prefix, key.scopes, key.location, key.expires_at, secret.hash,
                extract(epoch FROM least(key.expires_at, secret.valid_until) - clock_timestamp())::float8 AS seconds,
                (key.%s) IS NOT TRUE AS use_is_due
            FROM api_key AS key
            JOIN api_key_secret AS secret ON secret.tenant_id = key.tenant_id AND secret.key_id = key.id
            WHERE key.id = $1 AND key.revoked_at IS NULL
                AND (key.expires_at IS NULL OR key.expires_at > clock_timestamp())
                AND (secret.valid_until IS NULL OR secret.valid_until > clock_timestamp())""".formatted(RECORDED_LATELY);

    /** Never waits: a row that is locked is being recorded by another request, or will be by a later one. */
    private static final String RECORD_USE = """
            UPDATE api_key SET last_used_at = clock_timestamp()
            WHERE (tenant_id, id) IN (
                SELECT tenant_id, id FROM api_key WHERE tenant_id = $1 AND id = $2 AND (%s) IS NOT TRUE
                FOR NO KEY UPDATE SKIP LOCKED)""".formatted(RECORDED_LATELY);

    private static final Duration ENDLESS = Duration.ofDays(1);
    private static final long MILLIS = 1_000;

    private final Database database;

    ApiKeyLookup(Database database) {
        this.database = database;
    }

    /** Returns the key with this id; empty if there is none, or if it is revoked or past its end. */
    Uni<Optional<WorkingKey>> find(UUID id) {
        long readAt = System.nanoTime();
        return database.queryUnauthenticated(WORKING, Tuple.of(id)).map(rows -> key(rows, readAt));
    }

    /** Records that a key was used, if that is due. A failure is logged, since the caller asked for something else. */
    Uni<Void> recordUse(WorkingKey key) {
        if (!key.useIsDue()) {
            return Uni.createFrom().voidItem();
        }
        return database.queryUnauthenticated(
                        RECORD_USE, Tuple.of(key.bearer().tenants().get(0), key.id()))
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("Use of API key %s not recorded: %s", key.id(), failure))
                .onFailure()
                .recoverWithNull();
    }

    private static Optional<WorkingKey> key(RowSet<Row> rows, long readAt) {
        List<Row> secrets = rows.stream().toList();
        if (secrets.isEmpty()) {
            return Optional.empty();
        }
        var key = secrets.get(0);
        return Optional.of(new WorkingKey(
                key.getUUID("id"),
                key.getString("prefix"),
                bearer(key),
                secrets.stream().map(secret -> hash(secret)).toList(),
                secrets.stream()
                        .map(secret -> validity(secret.getDouble("seconds")))
                        .min(Duration::compareTo)
                        .orElse(ENDLESS),
                readAt,
                key.getBoolean("use_is_due")));
    }

    private static byte[] hash(Row secret) {
        return secret.get(Buffer.class, "hash").getBytes();
    }

    private static Duration validity(Double seconds) {
        return seconds == null || seconds > ENDLESS.toSeconds()
                ? ENDLESS
                : Duration.ofMillis((long) (seconds * MILLIS));
    }

    private static Bearer bearer(Row key) {
        return new Bearer(
                Optional.of(ApiKeyGrant.ACTOR_PREFIX + key.getUUID("id")),
                List.of(key.getString("tenant_id")),
                Optional.ofNullable(key.getString("location")),
                Set.copyOf(Arrays.asList(key.getArrayOfStrings("scopes"))),
                Optional.ofNullable(key.getOffsetDateTime("expires_at"))
                        .map(OffsetDateTime::toInstant)
                        .orElse(Instant.MAX));
    }
}
