package io.clientela.customer;

import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.ProblemException;
import io.clientela.http.QueryParameters;
import io.clientela.tenancy.CallerFilter;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Which customers a list holds, and in which order. The tenant is no part of it: no query leaves its tenant. */
public final class CustomerQuery {
    private static final int LONGEST_SEARCH = 200;
    private static final int FEWEST_DIGITS = 3;
    private static final Pattern DIGITS_AND_PUNCTUATION = Pattern.compile("[0-9 ().+/-]+");

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();
    private CustomerSort sort;
    private boolean descending;

    private CustomerQuery() {}

    /**
     * Reads the query parameters of a list.
     *
     * @throws ProblemException 400 with every parameter that is wrong, those of the page included
     */
    public static CustomerQuery read(QueryParameters given, Identifiers identifiers) {
        var query = new CustomerQuery();
        query.readOrder(given);
        query.readSearch(given);
        query.equal("status", given.oneOf("status", CustomerStatus.class));
        query.equal("type", given.oneOf("type", CustomerType.class));
        query.equal("segment", given.oneOf("segment", Segment.class));
        query.equal("clusterId", given.id("cluster_id"));
        query.equal("locationId", given.word("location_id"));
        query.equal("source", given.word("source"));
        query.equal("externalId", given.word("external_id"));
        query.readIdentifiers(given, identifiers);
        given.word("tag").ifPresent(tag -> query.where("array_contains(c.tags, :tag)", "tag", tag.strip()));
        given.from("created_from").ifPresent(from -> query.where("c.createdAt >= :createdFrom", "createdFrom", from));
        given.until("created_to").ifPresent(to -> query.where("c.createdAt < :createdTo", "createdTo", to));
        given.from("updated_from").ifPresent(from -> query.where("c.updatedAt >= :updatedFrom", "updatedFrom", from));
        given.until("updated_to").ifPresent(to -> query.where("c.updatedAt < :updatedTo", "updatedTo", to));
        return query;
    }

    /**
     * Confines the list to one location.
     *
     * @throws ProblemException 403 if another one was asked for
     */
    CustomerQuery confinedTo(Optional<String> location) {
        location.ifPresent(confined -> {
            var asked = parameters.get("locationId");
            if (asked != null && !asked.equals(confined)) {
                throw CallerFilter.outside();
            }
            if (asked == null) {
                equal("locationId", location);
            }
        });
        return this;
    }

    /** Fetches a page, and counts the whole list if that is asked for: two statements at most. */
    Uni<Page<Customer>> page(PageRequest request) {
        return fetch(request)
                .chain(found -> count(request, found.size()).map(total -> Page.of(request, found, total, this::place)));
    }

    private Uni<List<Customer>> fetch(PageRequest request) {
        var restricted = new ArrayList<>(conditions);
        var bound = new HashMap<>(parameters);
        request.cursor().ifPresent(cursor -> {
            restricted.add("(c." + sort.property() + ", c.id) " + (descending ? "<" : ">") + " (:afterKey, :afterId)");
            bound.put("afterKey", sort.parseKey(cursor.key()).orElseThrow());
            bound.put("afterId", UUID.fromString(cursor.id()));
        });
        var direction = descending ? " desc" : " asc";
        var order = " order by c." + sort.property() + direction + ", c.id" + direction;
        return Customer.<Customer>find("from Customer c" + where(restricted) + order, bound)
                .range(Math.toIntExact(request.offset()), Math.toIntExact(request.offset() + request.size()))
                .list();
    }

    private Uni<Optional<Long>> count(PageRequest request, int found) {
        if (!request.counted()) {
            return Uni.createFrom().item(Optional.empty());
        }
        boolean whole = request.cursor().isEmpty() && found <= request.size() && (found > 0 || request.page() == 1);
        if (whole) {
            return Uni.createFrom().item(Optional.of(request.offset() + found));
        }
        return Customer.count("from Customer c" + where(conditions), parameters).map(Optional::of);
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private Cursor place(Customer customer) {
        return new Cursor(order(), sort.keyOf(customer), customer.id.toString());
    }

    private String order() {
        return sort + (descending ? " desc" : " asc");
    }

    private void readOrder(QueryParameters given) {
        sort = given.oneOf("sort_by", CustomerSort.class).orElse(CustomerSort.NAME);
        descending = given.oneOf("sort_order", List.of("asc", "desc"), word -> word)
                .map("desc"::equals)
                .orElse(false);
    }

    /** Holds a page's cursor against the order of this list: a cursor is a place in one order only. */
    public void checkCursor(QueryParameters given, PageRequest request) {
        request.cursor().ifPresent(cursor -> {
            if (!cursor.sort().equals(order()) || sort.parseKey(cursor.key()).isEmpty()) {
                given.refuse("cursor", "invalid_cursor", "belongs to a list in another order");
            }
        });
    }

    private void readSearch(QueryParameters given) {
        var search = given.text("search");
        var alias = given.text("q");
        if (search.isPresent() && alias.isPresent()) {
            given.refuse("q", "conflict", "is the same as search; give one of them");
        }
        search.or(() -> alias)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> {
                    if (text.length() > LONGEST_SEARCH) {
                        given.refuse(
                                search.isPresent() ? "search" : "q",
                                "invalid_length",
                                "must have at most 200 characters");
                        return;
                    }
                    var condition =
                            "column(c.search_text as String) like '%' || clientela_fold(:search) || '%' escape '\\'";
                    parameters.put("search", escaped(text));
                    var digits = text.replaceAll("[^0-9]", "");
                    if (DIGITS_AND_PUNCTUATION.matcher(text).matches() && digits.length() >= FEWEST_DIGITS) {
                        condition = "(" + condition + " or column(c.search_text as String) like '%' || :digits || '%')";
                        parameters.put("digits", digits);
                    }
                    conditions.add(condition);
                });
    }

    private void readIdentifiers(QueryParameters given, Identifiers identifiers) {
        equal("emailKey", given.word("email").flatMap(identifiers::emailKey));
        var phone = given.word("phone");
        var phoneKey = phone.flatMap(identifiers::phoneKey);
        if (phone.isPresent() && phoneKey.isEmpty()) {
            given.refuse("phone", "invalid_format", "cannot be a phone number");
        }
        equal("phoneKey", phoneKey);
        var document = given.word("document");
        var documentKey = document.flatMap(identifiers::documentKey);
        if (document.isPresent() && documentKey.isEmpty()) {
            given.refuse("document", "invalid_format", "must have a letter or digit");
        }
        equal("documentKey", documentKey);
    }

    private void equal(String property, Optional<?> value) {
        value.ifPresent(wanted -> where("c." + property + " = :" + property, property, wanted));
    }

    private void where(String condition, String parameter, Object value) {
        conditions.add(condition);
        parameters.put(parameter, value);
    }

    /** Takes the meaning of a pattern from {@code %}, {@code _} and the escape character itself. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
