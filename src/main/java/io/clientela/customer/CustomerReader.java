package io.clientela.customer;

import io.clientela.database.Database;
import io.clientela.database.Select;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads customers by SQL and maps each row directly to a view. Managed entities would cost more than the rest of such a
 * request (ADR 2). Hibernate's tenant filter does not apply: each statement names the tenant.
 */
@ApplicationScoped
class CustomerReader {
    /** The columns of a {@link CustomerView}, in the order of its components. */
    static final String COLUMNS = "id, number, external_id, type, status, role, name, first_name, last_name,"
            + " company_name, email, email_verified, phone, document, document_type, document_valid,"
            + " state_registration, source, avatar, birthday, address, tags, location_id, cluster_id, value,"
            + " auto_payment, notes, order_updates, promotions, newsletter, whatsapp, social_driver, social_id,"
            + " utm_source, utm_campaign, attributes, segment, call_count, last_call_at, anonymized, version,"
            + " created_at, updated_at";

    private static final String BY_ID = " FROM customer WHERE tenant_id = ? AND id = ?";

    private static final String BY_IDS = "SELECT " + COLUMNS + " FROM customer WHERE tenant_id = ? AND id = ANY(?)";

    private static final String AT_LOCATION = " AND location_id = ?";

    private record Entry(CustomerView customer, Object sortKey) {}

    private final Database database;

    CustomerReader(Database database) {
        this.database = database;
    }

    /** Returns the customer with this id in the tenant, and at the location if one is given. */
    Uni<Optional<CustomerView>> byId(String tenant, Optional<String> location, UUID id, FieldSelection shown) {
        var select = new Select(false).add("SELECT " + shown.columns()).add(BY_ID, tenant, id);
        location.ifPresent(at -> select.add(AT_LOCATION, at));
        return database.query(select)
                .map(rows -> entries(rows, shown).stream().findFirst().map(Entry::customer));
    }

    /**
     * Returns the customers with these ids, unordered; unknown ids are left out.
     *
     * @throws ProblemException 400 for a page of customers that are too long together
     */
    Uni<List<CustomerView>> byIds(String tenant, Optional<String> location, Collection<UUID> ids) {
        var select = new Select(false).add(BY_IDS, tenant, ids.toArray(UUID[]::new));
        location.ifPresent(at -> select.add(AT_LOCATION, at));
        return database.page(select, ids.size()).map(rows -> entries(rows, FieldSelection.ALL).stream()
                .map(Entry::customer)
                .toList());
    }

    /** Returns a page of the tenant's customers, with the total count if requested: two statements at most. */
    Uni<Page<CustomerView>> page(String tenant, CustomerQuery query, PageRequest request) {
        return database.page(query.page(tenant, request), request.size())
                .map(rows -> entries(rows, query.shown()))
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

    private static List<Entry> entries(RowSet<io.vertx.mutiny.sqlclient.Row> rows, FieldSelection shown) {
        List<Entry> entries = new ArrayList<>(rows.size());
        for (var row : rows) {
            var columns = new Columns(row.getDelegate(), shown);
            entries.add(new Entry(columns.customer(), columns.sortKey()));
        }
        return entries;
    }

    /** Reads a row column by column. */
    private static final class Columns {
        private static final Map<String, CustomerType> TYPES = byValue(CustomerType.values());
        private static final Map<String, CustomerStatus> STATUSES = byValue(CustomerStatus.values());
        private static final Map<String, DocumentType> DOCUMENT_TYPES = byValue(DocumentType.values());
        private static final Map<String, Segment> SEGMENTS = byValue(Segment.values());

        private final Row row;
        private final FieldSelection shown;
        private int next;

        Columns(Row row, FieldSelection shown) {
            this.row = row;
            this.shown = shown;
        }

        /** Reads {@link #COLUMNS}; Java evaluates arguments from left to right (JLS 15.7.4). */
        CustomerView customer() {
            return new CustomerView(
                    id(),
                    row.getLong(next++),
                    text(),
                    value(TYPES),
                    value(STATUSES),
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    flag(),
                    text(),
                    text(),
                    value(DOCUMENT_TYPES),
                    flag(),
                    text(),
                    text(),
                    text(),
                    row.getLocalDate(next++),
                    text(),
                    List.of(row.getArrayOfStrings(next++)),
                    text(),
                    id(),
                    row.getBigDecimal(next++),
                    flag(),
                    text(),
                    new Preferences(flag(), flag(), flag(), flag()),
                    Social.of(text(), text()),
                    Utm.of(text(), text()),
                    text(),
                    value(SEGMENTS),
                    row.getInteger(next++),
                    timestamp(),
                    flag(),
                    row.getLong(next++),
                    timestamp(),
                    timestamp(),
                    Map.of(),
                    shown);
        }

        /** Returns the column after the customer's, if the statement has one. */
        Object sortKey() {
            return next < row.size() ? row.getValue(next) : null;
        }

        private UUID id() {
            return row.getUUID(next++);
        }

        private String text() {
            return row.getString(next++);
        }

        private Boolean flag() {
            return row.getBoolean(next++);
        }

        private Instant timestamp() {
            var timestamp = row.getOffsetDateTime(next++);
            return timestamp == null ? null : timestamp.toInstant();
        }

        private <E> E value(Map<String, E> values) {
            var value = text();
            return value == null ? null : values.get(value);
        }

        private static <E> Map<String, E> byValue(E[] constants) {
            return Stream.of(constants).collect(Collectors.toUnmodifiableMap(E::toString, Function.identity()));
        }
    }
}
