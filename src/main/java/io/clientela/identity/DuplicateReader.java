package io.clientela.identity;

import io.clientela.customer.CustomerService;
import io.clientela.customer.CustomerView;
import io.clientela.database.Database;
import io.clientela.database.Select;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Lists the likely duplicates that are known, and how many customers are still to be compared. */
@ApplicationScoped
class DuplicateReader {
    private final Caller caller;
    private final Database database;
    private final CustomerService customers;
    private final PendingComparisons pending;

    DuplicateReader(Caller caller, Database database, CustomerService customers, PendingComparisons pending) {
        this.caller = caller;
        this.database = database;
        this.customers = customers;
        this.pending = pending;
    }

    private record Pair(UUID a, UUID b, BigDecimal score, List<String> reasons) {
        static Pair of(Row row) {
            return new Pair(
                    row.getUUID(0),
                    row.getUUID(1),
                    row.getBigDecimal(2),
                    List.of(row.getDelegate().getArrayOfStrings(3)));
        }

        boolean isAmong(Map<UUID, CustomerView> customers) {
            return customers.containsKey(a) && customers.containsKey(b);
        }

        UUID other(UUID id) {
            return a.equals(id) ? b : a;
        }
    }

    /** Returns the pairs of the tenant, best first, each once. */
    Uni<DuplicatePage<DuplicatePairView>> pairs(DuplicateQuery query) {
        return pending.countFor(() -> page(query, Optional.empty())
                .chain(page -> views(page).map(views -> page.where(pair -> pair.isAmong(views))
                        .map(pair -> new DuplicatePairView(
                                List.of(views.get(pair.a()), views.get(pair.b())), pair.score(), pair.reasons())))));
    }

    /**
     * Returns the likely duplicates of a customer, best first.
     *
     * @throws ProblemException 404 if the customer does not exist
     */
    Uni<DuplicatePage<DuplicateView>> of(UUID customerId, DuplicateQuery query) {
        return customers
                .get(customerId)
                .chain(() -> pending.countFor(() -> page(query, Optional.of(customerId))
                        .chain(page -> views(page).map(views -> page.where(pair -> pair.isAmong(views))
                                .map(pair -> new DuplicateView(
                                        views.get(pair.other(customerId)), pair.score(), pair.reasons()))))));
    }

    /** Loads the customers of the pairs. Customers that were deleted since the comparison are missing. */
    private Uni<Map<UUID, CustomerView>> views(Page<Pair> page) {
        var ids = page.data().stream()
                .flatMap(pair -> Stream.of(pair.a(), pair.b()))
                .collect(Collectors.toSet());
        return customers.mapByIds(ids);
    }

    private Uni<Page<Pair>> page(DuplicateQuery query, Optional<UUID> customer) {
        var request = query.page();
        var select = select("p.a, p.b, p.score, p.reasons", query.minScore(), customer);
        request.cursor().ifPresent(cursor -> {
            var parts = cursor.key().split(" ");
            var score = new BigDecimal(parts[0]);
            select.add(
                    " AND (p.score < ? OR (p.score = ? AND (p.a, p.b) > (?, ?)))",
                    score,
                    score,
                    UUID.fromString(parts[1]),
                    UUID.fromString(cursor.id()));
        });
        select.add(" ORDER BY p.score DESC, p.a, p.b LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.query(select)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Pair::of)
                        .toList())
                .chain(found -> total(query, customer)
                        .map(total -> Page.of(request, found, total, DuplicateReader::cursorAfter)));
    }

    private Uni<Optional<Long>> total(DuplicateQuery query, Optional<UUID> customer) {
        return query.page().counted()
                ? database.query(select("count(*)", query.minScore(), customer))
                        .map(rows -> Optional.of(rows.iterator().next().getLong(0)))
                : Uni.createFrom().item(Optional.empty());
    }

    private Select select(String columns, BigDecimal minScore, Optional<UUID> customer) {
        return new DuplicateSelect(caller.tenant(), caller.location())
                .addPairs(new Select(true), columns, minScore, customer);
    }

    private static Cursor cursorAfter(Pair pair) {
        return new Cursor(
                DuplicateQuery.BEST_FIRST,
                pair.score().toPlainString() + " " + pair.a(),
                pair.b().toString());
    }
}
