package io.clientela.customer;

import io.clientela.database.Select;
import io.clientela.http.Cursor;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.CallerFilter;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The filter and order of a list of customers. Every statement adds the tenant. */
public final class CustomerQuery {
    private static final int MAX_SEARCH_LENGTH = 200;
    private static final int MIN_DIGITS = 3;
    private static final Pattern DIGITS_AND_PUNCTUATION = Pattern.compile("[0-9 ().+/-]+");

    /** Escaped after folding: a full-width percent sign is folded to one that would match anything. */
    private static final String SEARCH = "search_text LIKE '%' || regexp_replace(clientela_fold(?), '([\\\\%_])',"
            + " '\\\\\\1', 'g') || '%' ESCAPE '\\'";

    private record Condition(String sql, List<Object> values) {}

    /** As of one time for the filter and for what the list shows, so that both agree. */
    private final SegmentRules segments;

    private final List<Condition> conditions = new ArrayList<>();
    private Optional<String> location = Optional.empty();
    private Optional<SegmentFilter> segment = Optional.empty();
    /** Whether the best plan depends on a condition's value, which may match one customer or most of them. */
    private boolean skewed;

    private FieldSelection shown = FieldSelection.ALL;
    private Optional<RowLayout> listed = Optional.empty();
    private CustomerSort sort;
    private boolean descending;
    private Optional<Part> part = Optional.empty();

    /** @param limit how many customers; negative for all */
    private record Part(int offset, int limit) {}

    private CustomerQuery(SegmentRules segments) {
        this.segments = segments;
    }

    /**
     * Reads the query parameters of a list.
     *
     * @param defaultSort the order without {@code sort_by}
     * @throws ProblemException 400 with every invalid parameter, those of the page included
     */
    public static CustomerQuery read(
            QueryParameters params, Identifiers identifiers, Segments segments, CustomerSort defaultSort) {
        var query = new CustomerQuery(segments.now());
        query.shown = FieldSelection.read(params);
        query.readOrder(params, defaultSort);
        query.readSearch(params);
        query.skewed("status = ?", params.oneOf("status", CustomerStatus.class).map(CustomerStatus::toString));
        query.skewed("type = ?", params.oneOf("type", CustomerType.class).map(CustomerType::toString));
        params.oneOf("segment", Segment.class).ifPresent(query::inSegment);
        params.id("cluster_id").ifPresent(query::inCluster);
        query.location = params.nonBlank("location_id");
        query.skewed("location_id = ?", query.location);
        query.skewed("source = ?", params.nonBlank("source"));
        query.knownBy(Identifier.Kind.EXTERNAL_ID, params.nonBlank("external_id"));
        query.readIdentifiers(params, identifiers);
        query.skewed("tags @> ARRAY[?::varchar]", params.nonBlank("tag").map(String::strip));
        query.skewed("created_at >= ?", params.from("created_from").map(CustomerQuery::utc));
        query.skewed("created_at < ?", params.until("created_to").map(CustomerQuery::utc));
        query.skewed("updated_at >= ?", params.from("updated_from").map(CustomerQuery::utc));
        query.skewed("updated_at < ?", params.until("updated_to").map(CustomerQuery::utc));
        return query;
    }

    /**
     * Restricts the list to the caller's location, if the caller has one.
     *
     * @throws ProblemException 403 if the query asks for another location
     */
    CustomerQuery restrictedTo(Optional<String> callerLocation) {
        if (callerLocation.isPresent() && location.isPresent() && !location.equals(callerLocation)) {
            throw CallerFilter.outside();
        }
        if (location.isEmpty()) {
            location = callerLocation;
            skewed("location_id = ?", callerLocation);
        }
        return this;
    }

    /**
     * Returns the statement for a page plus one row, which shows that a next page exists. The sort key is the last
     * column.
     */
    Select page(String tenant, PageRequest request) {
        return segment.map(filter -> filter.page(tenant, (select, choice) -> addPage(select, choice, tenant, request)))
                .orElseGet(() -> addPage(new Select(skewed), "", tenant, request));
    }

    /** A page by number passes over the rows before it in the index of its order, and then reads its own. */
    private Select addPage(Select select, String further, String tenant, PageRequest request) {
        var columns = shown.columns() + ", " + sort.column();
        boolean passesOver = request.offset() > 0;
        if (passesOver) {
            select.add("SELECT " + columns + " FROM customer WHERE tenant_id = $1 AND id = ANY(ARRAY(");
        }
        addRows(select, passesOver ? "id" : columns, tenant).add(further);
        request.cursor()
                .ifPresent(cursor -> select.add(
                        " AND (" + sort.column() + ", id) " + (descending ? "<" : ">") + " (?, ?)",
                        sort.parseKey(cursor.key()).orElseThrow(),
                        UUID.fromString(cursor.id())));
        select.add(orderBy()).add(" LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return passesOver ? select.add("))" + orderBy()) : select;
    }

    /** Shows the fields that a parameter lists; without it, all. */
    public CustomerQuery showingFields(QueryParameters params, String parameter) {
        shown = FieldSelection.read(params, parameter);
        return this;
    }

    /** Reads columns of a file instead of fields, and returns how their values are read from each row. */
    public List<Function<CustomerRow, Object>> reading(List<CustomerColumn> columns) {
        var layout = new RowLayout();
        var readers =
                columns.stream().map(column -> column.reader().apply(layout)).toList();
        listed = Optional.of(layout);
        return readers;
    }

    /**
     * Restricts the whole list to a part of it; pages are not affected.
     *
     * @param offset how many customers come before the part
     * @param limit how many customers the part has at most; empty for all that follow
     */
    public CustomerQuery part(int offset, OptionalInt limit) {
        part = offset > 0 || limit.isPresent() ? Optional.of(new Part(offset, limit.orElse(-1))) : Optional.empty();
        return this;
    }

    /** Returns the statement for the whole list. */
    Select all(String tenant) {
        var select = new Select(skewed || part.isPresent());
        addRows(select, listed.map(RowLayout::sql).orElseGet(shown::columns), tenant)
                .add(orderBy());
        part.ifPresent(only -> {
            if (only.limit() >= 0) {
                select.add(" LIMIT ?", (long) only.limit());
            }
            select.add(" OFFSET ?", (long) only.offset());
        });
        return select;
    }

    private String orderBy() {
        var direction = descending ? " DESC" : " ASC";
        return " ORDER BY " + sort.column() + direction + ", id" + direction;
    }

    /** Returns the fields that the page has. */
    FieldSelection shown() {
        return shown;
    }

    /** Returns the rules as of the time of the query. */
    SegmentRules segments() {
        return segments;
    }

    /** Returns the statement that counts the whole list. */
    Select count(String tenant) {
        return addRows(new Select(skewed), "count(*)", tenant);
    }

    private Select addRows(Select select, String columns, String tenant) {
        select.add("SELECT " + columns + " FROM customer WHERE tenant_id = ?", tenant);
        conditions.forEach(condition ->
                select.add(" AND " + condition.sql(), condition.values().toArray()));
        return select;
    }

    /** Returns the cursor after a customer with this sort key. */
    Cursor cursorAfter(Object key, UUID id) {
        return new Cursor(order(), CustomerSort.text(key), id.toString());
    }

    private String order() {
        return sort + (descending ? " desc" : " asc");
    }

    private void readOrder(QueryParameters params, CustomerSort defaultSort) {
        sort = params.oneOf("sort_by", CustomerSort.class).orElse(defaultSort);
        descending = params.oneOf("sort_order", List.of("asc", "desc"), value -> value)
                .map("desc"::equals)
                .orElse(false);
    }

    /** Rejects a cursor that was made for another order of the list. */
    public void checkCursor(QueryParameters params, PageRequest request) {
        request.cursor().ifPresent(cursor -> {
            if (!cursor.sort().equals(order()) || sort.parseKey(cursor.key()).isEmpty()) {
                params.reject(
                        "cursor",
                        "invalid_cursor",
                        "belongs to another order; use the sort_by and sort_order of the first page");
            }
        });
    }

    private void readSearch(QueryParameters params) {
        var search = params.text("search");
        var alias = params.text("q");
        if (search.isPresent() && alias.isPresent()) {
            params.reject("q", "conflict", "is an alias of search; use only one of them");
        }
        search.or(() -> alias)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> {
                    if (text.length() > MAX_SEARCH_LENGTH) {
                        params.reject(
                                search.isPresent() ? "search" : "q",
                                "invalid_length",
                                "must have at most 200 characters");
                        return;
                    }
                    var digits = text.replaceAll("[^0-9]", "");
                    if (DIGITS_AND_PUNCTUATION.matcher(text).matches() && digits.length() >= MIN_DIGITS) {
                        where("(" + SEARCH + " OR search_text LIKE '%' || ? || '%')", text, digits);
                    } else {
                        where(SEARCH, text);
                    }
                    skewed = true;
                });
    }

    private void readIdentifiers(QueryParameters params, Identifiers identifiers) {
        knownBy(Identifier.Kind.EMAIL, params.nonBlank("email").flatMap(identifiers::emailKey));
        var phone = params.nonBlank("phone");
        var phoneKey = phone.flatMap(identifiers::phoneKey);
        if (phone.isPresent() && phoneKey.isEmpty()) {
            params.reject(
                    "phone",
                    "invalid_format",
                    "is not a phone number; include the country code, as in +55 11 99999-8888");
        }
        knownBy(Identifier.Kind.PHONE, phoneKey);
        var document = params.nonBlank("document");
        var documentKey = document.flatMap(identifiers::documentKey);
        if (document.isPresent() && documentKey.isEmpty()) {
            params.reject("document", "invalid_format", "must contain a letter or digit");
        }
        knownBy(Identifier.Kind.DOCUMENT, documentKey);
    }

    /**
     * Matches the customers with this identifier, as their own or as an alias: few customers, whatever the value. Each
     * part of the UNION has its own index, and is read once.
     */
    private void knownBy(Identifier.Kind kind, Optional<String> key) {
        key.ifPresent(present -> where(
                "id = ANY(ARRAY(SELECT c.id FROM customer c WHERE c.tenant_id = $1 AND " + kind.matches("?")
                        + " UNION ALL SELECT a.customer_id FROM customer_alias a"
                        + " WHERE a.tenant_id = $1 AND a.kind = '" + kind + "' AND a.key = ?))",
                present,
                present));
    }

    /** Adds a condition that matches one customer or most of them, depending on the value. */
    private void skewed(String condition, Optional<?> value) {
        value.ifPresent(present -> where(condition, present));
        skewed |= value.isPresent();
    }

    /**
     * Matches the customers with this main cluster and the cluster's members. Each part of the UNION has its own index;
     * an OR would use none. {@code $1} is the tenant, the first value of every statement.
     */
    private void inCluster(UUID cluster) {
        where(
                "id IN (SELECT c.id FROM customer c WHERE c.tenant_id = $1 AND c.cluster_id = ?"
                        + " UNION ALL SELECT m.customer_id FROM cluster_member m WHERE m.tenant_id = $1 AND m.cluster_id = ?)",
                cluster,
                cluster);
        skewed = true;
    }

    private void inSegment(Segment requested) {
        var condition = segments.condition(requested);
        segment = Optional.of(new SegmentFilter(condition));
        where(condition.sql(), condition.values().toArray());
        skewed = true;
    }

    private void where(String condition, Object... values) {
        conditions.add(new Condition(condition, List.of(values)));
    }

    private static OffsetDateTime utc(Instant timestamp) {
        return timestamp.atOffset(ZoneOffset.UTC);
    }
}
