package io.clientela.apikey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.Database;
import io.clientela.database.Select;
import io.clientela.database.TenantStatement;
import io.clientela.history.History;
import io.clientela.history.Subject;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.Timestamps;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/**
 * The audit trail of a tenant's keys: written in the transaction of each change, never changed. Unlike the events that
 * are followed, it is kept for ever.
 */
@ApplicationScoped
class ApiKeyEvents {
    private static final String NEWEST_FIRST = "api key event desc";

    private static final String INSERT = """
            INSERT INTO api_key_event (tenant_id, id, key_id, type, at, actor, request_id, details)
            VALUES ($1, $2, $3, $4, clock_timestamp(), $5, $6, $7)""";

    private static final String FROM = """
             FROM api_key_event AS event
            JOIN api_key AS key ON key.tenant_id = event.tenant_id AND key.id = event.key_id
            WHERE event.tenant_id = ?""";

    private static final String SELECT =
            "SELECT event.id, event.key_id, event.type, event.at, event.actor, event.request_id, event.details" + FROM;

    private static final String COUNT = "SELECT count(*)" + FROM;

    private final Database database;
    private final Caller caller;
    private final History history;

    ApiKeyEvents(Database database, Caller caller, History history) {
        this.database = database;
        this.caller = caller;
        this.history = history;
    }

    /** Writes an event in the current transaction, which holds the lock of the key's row or has just inserted it. */
    Uni<Void> write(ApiKeyView key, String type, ObjectNode details) {
        return TenantStatement.pipelined(
                audit(key.id(), type, details),
                history.record(Subject.of(Subject.API_KEY, key.id()), type, followed(key, details)));
    }

    /** Returns the details of the event that is followed, which readers choose by location. */
    private static ObjectNode followed(ApiKeyView key, ObjectNode details) {
        var followed = details.deepCopy().put("name", key.name());
        followed.remove("location");
        return key.location() == null ? followed : followed.put("location_id", key.location());
    }

    private Uni<Void> audit(UUID keyId, String type, ObjectNode details) {
        return TenantStatement.update(
                        caller.tenant(),
                        INSERT,
                        UuidVersion7Strategy.INSTANCE.generateUuid(null),
                        keyId,
                        type,
                        caller.actor().orElse(null),
                        caller.requestId().orElse(null),
                        details.toString())
                .replaceWithVoid();
    }

    /** Rejects a cursor that was made for another list. */
    static void checkCursor(QueryParameters params, PageRequest request) {
        request.requireCursor(params, ApiKeyEvents::isOfThisList);
    }

    private static boolean isOfThisList(Cursor cursor) {
        return cursor.sort().equals(NEWEST_FIRST)
                && Timestamps.parse(cursor.key()).isPresent();
    }

    /** Returns a page of the events of one key or of all keys, the newest first. */
    Uni<Page<ApiKeyEventView>> page(Optional<UUID> keyId, PageRequest request) {
        var select = of(keyId, SELECT);
        request.cursor()
                .ifPresent(cursor -> select.add(
                        " AND (event.at, event.id) < (?, ?)",
                        Timestamps.parse(cursor.key()).orElseThrow().atOffset(ZoneOffset.UTC),
                        UUID.fromString(cursor.id())));
        select.add(" ORDER BY event.at DESC, event.id DESC LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream().map(ApiKeyEvents::view).toList())
                .chain(found -> request.total(found.size(), () -> count(keyId))
                        .map(total -> Page.of(request, found, total, ApiKeyEvents::cursorAfter)));
    }

    private Uni<Long> count(Optional<UUID> keyId) {
        return database.query(of(keyId, COUNT))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Select of(Optional<UUID> keyId, String sql) {
        var select = ApiKeyRecords.at(new Select(false).add(sql, caller.tenant()), caller.location());
        keyId.ifPresent(id -> select.add(" AND event.key_id = ?", id));
        return select;
    }

    private static Cursor cursorAfter(ApiKeyEventView event) {
        return new Cursor(NEWEST_FIRST, event.at().toString(), event.id().toString());
    }

    private static ApiKeyEventView view(Row row) {
        return new ApiKeyEventView(
                row.getUUID("id"),
                row.getUUID("key_id"),
                row.getString("type"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor"),
                row.getString("request_id"),
                row.getString("details"));
    }
}
