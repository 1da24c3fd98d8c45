package io.clientela.webhook;

import io.clientela.database.Database;
import io.clientela.database.RowReader;
import io.clientela.database.Select;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Reads the deliveries of webhooks by SQL (ADR 2): each statement names the tenant. */
@ApplicationScoped
class DeliveryReader {
    private static final String NEWEST_FIRST = "webhook delivery desc";

    private static final String OF_WEBHOOK = " FROM webhook_delivery WHERE tenant_id = ? AND webhook_id = ?";

    private final Database database;
    private final Caller caller;

    DeliveryReader(Database database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    /**
     * Returns a delivery.
     *
     * @throws ProblemException 404
     */
    Uni<DeliveryView> get(UUID webhook, UUID id) {
        var select = select("SELECT " + DeliveryView.COLUMNS, webhook, Optional.empty())
                .add(" AND id = ?", id);
        return database.query(select).map(rows -> rows.stream()
                .findFirst()
                .map(row -> DeliveryView.of(RowReader.of(row.getDelegate())))
                .orElseThrow(ProblemException::notFound));
    }

    /** Returns a page of a webhook's deliveries, those of the newest events first. */
    Uni<Page<DeliveryView>> page(UUID webhook, Optional<DeliveryStatus> status, PageRequest request) {
        var select = select("SELECT " + DeliveryView.COLUMNS, webhook, status);
        request.cursor().ifPresent(cursor -> select.add(" AND id < ?", UUID.fromString(cursor.id())));
        select.add(" ORDER BY id DESC LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream()
                        .map(row -> DeliveryView.of(RowReader.of(row.getDelegate())))
                        .toList())
                .chain(found -> request.total(found.size(), () -> count(webhook, status))
                        .map(total -> Page.of(request, found, total, DeliveryReader::cursorAfter)));
    }

    /** Rejects a cursor that was made for another list. */
    static void checkCursor(QueryParameters params, PageRequest request) {
        request.requireCursor(params, cursor -> cursor.sort().equals(NEWEST_FIRST));
    }

    private Uni<Long> count(UUID webhook, Optional<DeliveryStatus> status) {
        return database.query(select("SELECT count(*)", webhook, status))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The status is part of the text, so that PostgreSQL can use the index of those that have it. */
    private Select select(String what, UUID webhook, Optional<DeliveryStatus> status) {
        var select = new Select(false).add(what + OF_WEBHOOK, caller.tenant(), webhook);
        status.ifPresent(only -> select.add(" AND status = '" + only + "'"));
        return select;
    }

    private static Cursor cursorAfter(DeliveryView delivery) {
        return new Cursor(NEWEST_FIRST, "", delivery.id().toString());
    }
}
