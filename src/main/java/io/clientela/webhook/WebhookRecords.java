package io.clientela.webhook;

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
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The webhooks of the caller's tenant in the database, each statement with the tenant's name. A caller who is confined
 * to a location sees none: a webhook gets the events of all locations.
 */
@ApplicationScoped
class WebhookRecords {
    private static final String NEWEST_FIRST = "webhook desc";

    private static final String FROM = " FROM webhook WHERE tenant_id = ? AND deleted_at IS NULL AND ?::boolean";

    private static final String INSERT = """
            INSERT INTO webhook (tenant_id, id, url, types, description, payload, since, disabled_at, disabled_reason,
                version, created_at, created_by, updated_at)
            SELECT $1, $2, $3, $4, $5, $6, pg_current_snapshot(), CASE WHEN NOT $7 THEN now() END,
                CASE WHEN NOT $7 THEN 'requested' END, 1, now(), $8, now()
            WHERE (SELECT count(*) FROM webhook WHERE tenant_id = $1 AND deleted_at IS NULL) < $9
            RETURNING %s""".formatted(WebhookView.COLUMNS);

    private static final String LOCK = "SELECT " + WebhookView.COLUMNS
            + " FROM webhook WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL AND $3::boolean FOR NO KEY UPDATE";

    /** One that is switched on gets what is committed from now on. */
    private static final String UPDATE = """
            UPDATE webhook SET url = $3, types = $4, description = $5, payload = $6,
                since = CASE WHEN $7 AND disabled_at IS NOT NULL THEN pg_current_snapshot() ELSE since END,
                disabled_at = CASE WHEN NOT $7 THEN coalesce(disabled_at, now()) END,
                disabled_reason = CASE WHEN NOT $7 THEN coalesce(disabled_reason, 'requested') END,
                failing_since = CASE WHEN url = $3 AND disabled_at IS NULL THEN failing_since END,
                version = version + 1, updated_at = now()
            WHERE tenant_id = $1 AND id = $2
            RETURNING %s""".formatted(WebhookView.COLUMNS);

    private static final String SWITCH_OFF = """
            UPDATE webhook SET disabled_at = now(), disabled_reason = $3, version = version + 1, updated_at = now()
            WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NULL""";

    private static final String DELETE = """
            UPDATE webhook SET deleted_at = now(), disabled_at = coalesce(disabled_at, now())
            WHERE tenant_id = $1 AND id = $2""";

    private static final String HAS_ACTIVE =
            "SELECT EXISTS (SELECT FROM webhook WHERE tenant_id = $1 AND disabled_at IS NULL)";

    private final Database database;
    private final Caller caller;

    WebhookRecords(Database database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    Uni<Optional<WebhookView>> find(UUID id) {
        return database.query(select().add(" AND id = ?", id))
                .map(rows -> rows.stream().findFirst().map(row -> WebhookView.of(RowReader.of(row.getDelegate()))));
    }

    /** Returns a page of webhooks, the newest first. */
    Uni<Page<WebhookView>> page(PageRequest request) {
        var select = select();
        request.cursor().ifPresent(cursor -> select.add(" AND id < ?", UUID.fromString(cursor.id())));
        select.add(" ORDER BY id DESC LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream()
                        .map(row -> WebhookView.of(RowReader.of(row.getDelegate())))
                        .toList())
                .chain(found -> request.total(found.size(), this::count)
                        .map(total -> Page.of(request, found, total, WebhookRecords::cursorAfter)));
    }

    /** Rejects a cursor that was made for another list. */
    static void checkCursor(QueryParameters params, PageRequest request) {
        request.requireCursor(params, cursor -> cursor.sort().equals(NEWEST_FIRST));
    }

    /** Writes a new webhook; empty if the tenant has so many. */
    Uni<Optional<WebhookView>> insert(UUID id, WebhookInput input, int max) {
        return TenantStatement.query(
                        caller.tenant(),
                        INSERT,
                        id,
                        input.url(),
                        input.types().toArray(String[]::new),
                        input.description(),
                        input.payloadOrDefault(),
                        input.activeOrDefault(),
                        caller.actor().orElse(null),
                        (long) max)
                .map(WebhookRecords::first);
    }

    /** Locks a webhook's row, and with it its deliveries, until the transaction ends. */
    Uni<Optional<WebhookView>> lock(UUID id) {
        return TenantStatement.query(
                        caller.tenant(), LOCK, id, caller.confinement().isEmpty())
                .map(WebhookRecords::first);
    }

    Uni<WebhookView> update(UUID id, WebhookInput input) {
        return TenantStatement.query(
                        caller.tenant(),
                        UPDATE,
                        id,
                        input.url(),
                        input.types().toArray(String[]::new),
                        input.description(),
                        input.payloadOrDefault(),
                        input.activeOrDefault())
                .map(rows -> first(rows).orElseThrow());
    }

    /** Switches a webhook off; returns false if it was. */
    Uni<Boolean> switchOff(UUID id, String reason) {
        return TenantStatement.update(caller.tenant(), SWITCH_OFF, id, reason).map(updated -> updated == 1);
    }

    /** Deletes a webhook for all callers; its deliveries, which can be many, are deleted later. */
    Uni<Void> delete(UUID id) {
        return TenantStatement.update(caller.tenant(), DELETE, id).replaceWithVoid();
    }

    /** Returns whether any webhook of the tenant is switched on. */
    Uni<Boolean> hasActive() {
        return TenantStatement.query(caller.tenant(), HAS_ACTIVE).map(rows -> (Boolean) rows.get(0)[0]);
    }

    private Uni<Long> count() {
        return database.query(from("SELECT count(*)"))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Select select() {
        return from("SELECT " + WebhookView.COLUMNS);
    }

    private Select from(String what) {
        return new Select(false)
                .add(what + FROM, caller.tenant(), caller.confinement().isEmpty());
    }

    private static Optional<WebhookView> first(List<Object[]> rows) {
        return rows.stream().findFirst().map(row -> WebhookView.of(RowReader.of(row)));
    }

    private static Cursor cursorAfter(WebhookView webhook) {
        return new Cursor(NEWEST_FIRST, "", webhook.id().toString());
    }
}
