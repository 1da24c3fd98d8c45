package io.clientela.activity;

import io.clientela.database.Database;
import io.clientela.database.Select;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.Timestamps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A table of customer items, read by SQL (ADR 2): each statement names the tenant.
 *
 * @param name the table
 * @param columns the columns that the mapper reads. Named, since a connection keeps statements prepared, and one with
 *     {@code *} fails once a migration has added a column
 * @param sort the timestamp column that lists are sorted by; ties are broken by id
 * @param newestFirst whether lists are sorted in descending order
 * @param included the maximum number of rows per customer for {@code include}
 * @param mapper maps a row to the view
 */
record ItemTable<V>(
        String name, String columns, String sort, boolean newestFirst, int included, Function<Row, V> mapper) {
    /** A response with 200 customers holds this much of a kind, and the first row of each customer. */
    static final int MAX_INCLUDED_BYTES = 2 << 20;

    Uni<Optional<V>> byId(Database database, String tenant, UUID customer, UUID id) {
        var sql = "SELECT " + columns + " FROM " + name + " WHERE tenant_id = $1 AND id = $2 AND customer_id = $3";
        return database.query(sql, Tuple.of(tenant, id, customer))
                .map(rows -> rows.stream().findFirst().map(mapper));
    }

    /** Returns a page of a customer's items. */
    Uni<Page<V>> page(Database database, String tenant, UUID customer, PageRequest request) {
        var select = new Select(false)
                .add(
                        "SELECT " + columns + " FROM " + name + " WHERE tenant_id = ? AND customer_id = ?",
                        tenant,
                        customer);
        request.cursor()
                .ifPresent(cursor -> select.add(
                        " AND (" + sort + ", id) " + (newestFirst ? "<" : ">") + " (?, ?)",
                        timestamp(cursor).orElseThrow(),
                        UUID.fromString(cursor.id())));
        select.add(" ORDER BY " + order() + " LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream().toList())
                .chain(found -> request.total(found.size(), () -> count(database, tenant, customer))
                        .map(total -> Page.of(request, found, total, this::cursorAfter)
                                .map(mapper)));
    }

    /** Rejects a cursor that was made for another list. */
    void checkCursor(QueryParameters params, PageRequest request) {
        request.requireCursor(
                params,
                cursor ->
                        cursor.sort().equals(cursorSort()) && timestamp(cursor).isPresent());
    }

    /**
     * Returns the first rows of each of these customers, by one statement that goes to each one's part of the index. A
     * long row beyond the first of its customer is left out once all rows before it, by their rank at their customers,
     * have {@link #MAX_INCLUDED_BYTES}.
     */
    Uni<Map<UUID, List<V>>> loadByCustomer(Database database, String tenant, Collection<UUID> customers) {
        var sql = """
                SELECT * FROM (
                    SELECT ranked.*, sum(row_bytes) OVER (ORDER BY row_rank, id ROWS UNBOUNDED PRECEDING) AS bytes_so_far FROM (
                        SELECT item.*, octet_length(item::text) AS row_bytes,
                               row_number() OVER (PARTITION BY item.customer_id ORDER BY %2$s) AS row_rank
                        FROM unnest($2::uuid[]) AS wanted(customer) CROSS JOIN LATERAL (
                            SELECT %5$s FROM %1$s WHERE tenant_id = $1 AND customer_id = wanted.customer
                            ORDER BY %2$s LIMIT %3$d) AS item) AS ranked) AS measured
                WHERE row_rank = 1 OR bytes_so_far <= %4$d
                ORDER BY %2$s""".formatted(name, order(), included, MAX_INCLUDED_BYTES, columns);
        return database.query(sql, Tuple.of(tenant, customers.toArray(UUID[]::new)))
                .map(rows -> byCustomer(rows, mapper));
    }

    /** Groups rows by {@code customer_id} and keeps their order. */
    static <V> Map<UUID, List<V>> byCustomer(RowSet<Row> rows, Function<Row, V> mapper) {
        Map<UUID, List<V>> views = new HashMap<>();
        for (var row : rows) {
            views.computeIfAbsent(row.getUUID("customer_id"), customer -> new ArrayList<>())
                    .add(mapper.apply(row));
        }
        return views;
    }

    private Uni<Long> count(Database database, String tenant, UUID customer) {
        var sql = "SELECT count(*) FROM " + name + " WHERE tenant_id = $1 AND customer_id = $2";
        return database.query(sql, Tuple.of(tenant, customer))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    String order() {
        return newestFirst ? sort + " DESC, id DESC" : sort + ", id";
    }

    private String cursorSort() {
        return name + " " + sort;
    }

    private Cursor cursorAfter(Row row) {
        return new Cursor(
                cursorSort(),
                row.getOffsetDateTime(sort).toInstant().toString(),
                row.getUUID("id").toString());
    }

    private static Optional<OffsetDateTime> timestamp(Cursor cursor) {
        return Timestamps.parse(cursor.key()).map(timestamp -> timestamp.atOffset(ZoneOffset.UTC));
    }
}
