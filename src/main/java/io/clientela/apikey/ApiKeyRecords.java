package io.clientela.apikey;

import io.clientela.database.Database;
import io.clientela.database.RowReader;
import io.clientela.database.Select;
import io.clientela.database.TenantStatement;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys of the caller's tenant in the database, each statement with the tenant's name. A caller who is confined to a
 * location sees the keys of that location only.
 */
@ApplicationScoped
class ApiKeyRecords {
    private static final String NEWEST_FIRST = "api key desc";

    private static final String INSERT = """
            WITH key AS (
                INSERT INTO api_key (tenant_id, id, name, prefix, scopes, location, created_at, created_by, expires_at)
                VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7, $8) RETURNING *),
            secret AS (
                INSERT INTO api_key_secret (tenant_id, key_id, hash, created_at)
                SELECT tenant_id, id, $9, created_at FROM key)
            SELECT %s FROM key""".formatted(ApiKeyView.COLUMNS);

    private static final String LOCK = """
            SELECT %s, key.prefix,
                key.revoked_at IS NULL AND (key.expires_at IS NULL OR key.expires_at > clock_timestamp()) AS active
            FROM api_key AS key
            WHERE key.tenant_id = $1 AND key.id = $2 AND ($3::text IS NULL OR key.location = $3)
            FOR UPDATE""".formatted(ApiKeyView.COLUMNS);

    private static final String DELETE_ENDED_SECRETS = """
            DELETE FROM api_key_secret WHERE tenant_id = $1 AND key_id = $2 AND valid_until <= clock_timestamp()""";

    private static final String END_SECRETS = """
            UPDATE api_key_secret
            SET valid_until = least(valid_until, clock_timestamp() + $3::float8 * interval '1 second')
            WHERE tenant_id = $1 AND key_id = $2""";

    private static final String INSERT_SECRET = """
            INSERT INTO api_key_secret (tenant_id, key_id, hash, created_at) VALUES ($1, $2, $3, clock_timestamp())""";

    private static final String REVOKE =
            "UPDATE api_key SET revoked_at = clock_timestamp() WHERE tenant_id = $1 AND id = $2";

    private static final String DELETE_SECRETS = "DELETE FROM api_key_secret WHERE tenant_id = $1 AND key_id = $2";

    private static final String SELECT =
            "SELECT " + ApiKeyView.COLUMNS + " FROM api_key AS key WHERE key.tenant_id = ?";

    private static final String COUNT = "SELECT count(*) FROM api_key AS key WHERE key.tenant_id = ?";

    private final Database database;
    private final Caller caller;

    ApiKeyRecords(Database database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    Uni<Optional<ApiKeyView>> find(UUID id) {
        var select = at(select(SELECT).add(" AND key.id = ?", id), caller.confinement());
        return database.query(select).map(rows -> rows.stream().findFirst().map(ApiKeyRecords::view));
    }

    /** Returns a page of keys, the newest first. */
    Uni<Page<ApiKeyView>> page(PageRequest request) {
        var select = at(select(SELECT), caller.location());
        request.cursor().ifPresent(cursor -> select.add(" AND key.id < ?", UUID.fromString(cursor.id())));
        select.add(" ORDER BY key.id DESC LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream().map(ApiKeyRecords::view).toList())
                .chain(found -> request.total(found.size(), this::count)
                        .map(total -> Page.of(request, found, total, ApiKeyRecords::cursorAfter)));
    }

    /** Rejects a cursor that was made for another list. */
    static void checkCursor(QueryParameters params, PageRequest request) {
        request.requireCursor(params, cursor -> cursor.sort().equals(NEWEST_FIRST));
    }

    /** Writes a new key. */
    Uni<ApiKeyView> insert(KeyText key, String name, ApiKeyGrant grant) {
        return TenantStatement.query(
                        caller.tenant(),
                        INSERT,
                        key.id(),
                        name,
                        key.prefix(),
                        grant.scopes().toArray(String[]::new),
                        grant.location(),
                        caller.actor().orElse(null),
                        grant.expiresAt() == null ? null : grant.expiresAt().atOffset(ZoneOffset.UTC),
                        Buffer.buffer(key.hash()))
                .map(rows -> ApiKeyView.of(RowReader.of(rows.get(0))));
    }

    /** Locks a key's row until the transaction ends. */
    Uni<Optional<LockedKey>> lock(UUID id) {
        return TenantStatement.query(
                        caller.tenant(), LOCK, id, caller.confinement().orElse(null))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(RowReader::of)
                        .map(row -> new LockedKey(ApiKeyView.of(row), row.next(), row.<Boolean>next())));
    }

    /**
     * Ends the secrets of a locked key, those in an overlap at its end at the latest.
     *
     * @param overlap in how many seconds they end
     * @return how many secrets had not ended
     */
    Uni<Integer> endSecrets(UUID id, int overlap) {
        return TenantStatement.update(caller.tenant(), DELETE_ENDED_SECRETS, id)
                .chain(() -> TenantStatement.update(caller.tenant(), END_SECRETS, id, (double) overlap));
    }

    Uni<Void> insertSecret(KeyText key) {
        return TenantStatement.update(caller.tenant(), INSERT_SECRET, key.id(), Buffer.buffer(key.hash()))
                .replaceWithVoid();
    }

    /** Marks a locked key as revoked and deletes its secrets. */
    Uni<Void> revoke(UUID id) {
        return TenantStatement.pipelined(
                        TenantStatement.update(caller.tenant(), REVOKE, id),
                        TenantStatement.update(caller.tenant(), DELETE_SECRETS, id))
                .replaceWithVoid();
    }

    private Uni<Long> count() {
        return database.query(at(select(COUNT), caller.location()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Select select(String sql) {
        return new Select(false).add(sql, caller.tenant());
    }

    /** Narrows a statement on {@code api_key AS key} to a location. */
    static Select at(Select select, Optional<String> location) {
        location.ifPresent(name -> select.add(" AND key.location = ?", name));
        return select;
    }

    private static Cursor cursorAfter(ApiKeyView key) {
        return new Cursor(NEWEST_FIRST, "", key.id().toString());
    }

    private static ApiKeyView view(Row row) {
        return ApiKeyView.of(RowReader.of(row.getDelegate()));
    }
}
