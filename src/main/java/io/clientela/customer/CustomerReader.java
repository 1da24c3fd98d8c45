package io.clientela.customer;

import io.clientela.database.Database;
import io.clientela.database.RowReader;
import io.clientela.database.Select;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads customers by SQL and maps each row directly to a view. Managed entities would cost more than the rest of such a
 * request (ADR 2). Hibernate's tenant filter does not apply: each statement names the tenant.
 */
@ApplicationScoped
class CustomerReader {
    private static final String BY_ID = " FROM customer WHERE tenant_id = ? AND id = ?";

    private static final String BY_NUMBER = " FROM customer WHERE tenant_id = ? AND number = ?";

    private static final String BY_IDS = "SELECT " + FieldSelection.ALL.columns()
            + " FROM customer WHERE tenant_id = ? AND id = ANY((SELECT ?::uuid[])::uuid[])";

    private static final String AT_LOCATION = " AND location_id = ?";

    /** @param sortKey the column after the customer's, if the statement has one */
    private record Entry(CustomerView customer, Object sortKey) {}

    private final Database database;
    private final Segments segments;

    CustomerReader(Database database, Segments segments) {
        this.database = database;
        this.segments = segments;
    }

    /** Returns the customer with this id in the tenant, and at the location if one is given. */
    Uni<Optional<CustomerView>> byId(String tenant, Optional<String> location, UUID id, FieldSelection shown) {
        return one(location, shown, BY_ID, tenant, id);
    }

    /** Returns the customer with this number in the tenant, and at the location if one is given. */
    Uni<Optional<CustomerView>> byNumber(String tenant, Optional<String> location, long number) {
        return one(location, FieldSelection.ALL, BY_NUMBER, tenant, number);
    }

    private Uni<Optional<CustomerView>> one(
            Optional<String> location, FieldSelection shown, String condition, Object... values) {
        var select = new Select(false).add("SELECT " + shown.columns()).add(condition, values);
        location.ifPresent(at -> select.add(AT_LOCATION, at));
        return database.query(select).map(rows -> entries(rows, shown, segments.now()).stream()
                .findFirst()
                .map(Entry::customer));
    }

    /**
     * Returns the customers with these ids, unordered; unknown ids are left out.
     *
     * @throws ProblemException 400 for a page of customers that are too long together
     */
    Uni<List<CustomerView>> byIds(String tenant, Optional<String> location, Collection<UUID> ids) {
        var select = new Select(false).add(BY_IDS, tenant, ids.toArray(UUID[]::new));
        location.ifPresent(at -> select.add(AT_LOCATION, at));
        return database.page(select, ids.size()).map(rows -> entries(rows, FieldSelection.ALL, segments.now()).stream()
                .map(Entry::customer)
                .toList());
    }

    /** Returns a page of the tenant's customers, with the total count if requested: two statements at most. */
    Uni<Page<CustomerView>> page(String tenant, CustomerQuery query, PageRequest request) {
        return database.page(query.page(tenant, request), request.size())
                .map(rows -> entries(rows, query.shown(), query.segments()))
                .chain(found -> request.total(found.size(), () -> count(tenant, query))
                        .map(total -> Page.of(
                                request,
                                found,
                                total,
                                last -> query.cursorAfter(
                                        last.sortKey(), last.customer().id())))
                        .map(page -> page.map(Entry::customer)));
    }

    private Uni<Long> count(String tenant, CustomerQuery query) {
        return database.query(query.count(tenant))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static List<Entry> entries(RowSet<Row> rows, FieldSelection shown, SegmentRules segments) {
        List<Entry> entries = new ArrayList<>(rows.size());
        for (var row : rows) {
            var columns = RowReader.of(row.getDelegate());
            var customer = CustomerTable.view(columns, shown, segments);
            entries.add(new Entry(customer, columns.hasNext() ? columns.next() : null));
        }
        return entries;
    }
}
