package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.activity.Activity;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerLocks;
import io.clientela.customer.CustomerService;
import io.clientela.customer.CustomerView;
import io.clientela.customer.Segments;
import io.clientela.customer.Spending;
import io.clientela.database.Database;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists past merges and previews new ones. */
@ApplicationScoped
class MergeReader {
    private static final String NEWEST_FIRST = "merges";

    private final Database database;
    private final CustomerService customers;
    private final CustomerLocks locks;
    private final Activity activity;
    private final MergeParticipants participants;
    private final Segments segments;

    MergeReader(
            Database database,
            CustomerService customers,
            CustomerLocks locks,
            Activity activity,
            MergeParticipants participants,
            Segments segments) {
        this.database = database;
        this.customers = customers;
        this.locks = locks;
        this.activity = activity;
        this.participants = participants;
        this.segments = segments;
    }

    /**
     * Previews a merge, without locks.
     *
     * @throws ProblemException 422 with every unknown id, 409 {@code merged}
     */
    Uni<MergePreview> preview(MergeInput input) {
        return database.session(() -> locks.find(input.participants())
                .map(found -> found.stream().collect(Collectors.toMap(CustomerView::id, Function.identity())))
                .call(found -> participants.requireAll(input, found.keySet()))
                .chain(found -> activity.countOf(input.sourceIds())
                        .map(moved -> new MergeView.MoveCounts(moved.addresses(), moved.calls(), moved.orders()))
                        .map(moved -> preview(input, found, moved))));
    }

    private MergePreview preview(MergeInput input, Map<UUID, CustomerView> found, MergeView.MoveCounts moved) {
        var sources = input.sourceIds().stream().map(found::get).toList();
        var plan = participants.plan(
                input,
                CustomerJson.customer(found.get(input.targetId())),
                sources.stream().map(CustomerJson::customer).toList());
        var all = input.participants().stream().map(found::get).toList();
        return new MergePreview(
                withTotals(plan.result(), all), plan.conflicts(), moved, MergeRules.blocking(all, plan.result()));
    }

    private ObjectNode withTotals(ObjectNode result, Collection<CustomerView> all) {
        result.put("call_count", all.stream().mapToInt(CustomerView::callCount).sum());
        all.stream()
                .map(CustomerView::lastCallAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .ifPresent(last -> result.put("last_call_at", last.toString()));
        var spending = all.stream().map(CustomerView::spending).reduce(Spending.NONE, Spending::plus);
        return result.put("segment", segments.now().of(spending).toString());
    }

    /**
     * Returns the merges into a customer, newest first.
     *
     * @throws ProblemException 404 if the customer never existed
     */
    Uni<Page<MergeView>> into(UUID customerId, PageRequest request) {
        long before =
                request.cursor().map(cursor -> Long.parseLong(cursor.key())).orElse(Long.MAX_VALUE);
        int first = Math.toIntExact(request.offset());
        return customers
                .requireVisible(customerId)
                .chain(() -> database.session(() -> Merge.into(customerId, before, first, first + request.size())
                        .chain(found -> total(customerId, request)
                                .map(total -> Page.of(request, found, total, MergeReader::cursorAfter)))))
                .call(page -> page.data().isEmpty()
                        ? customers.get(customerId)
                        : Uni.createFrom().voidItem())
                .map(page -> page.map(Merge::view));
    }

    /** Rejects cursors of other lists. */
    static void checkCursor(QueryParameters params, PageRequest request) {
        request.cursor().ifPresent(cursor -> {
            if (!cursor.sort().equals(NEWEST_FIRST) || !cursor.key().matches("[0-9]{1,18}")) {
                params.reject("cursor", "invalid_cursor", "belongs to another list");
            }
        });
    }

    private static Uni<Optional<Long>> total(UUID customerId, PageRequest request) {
        return request.counted()
                ? Merge.countInto(customerId).map(Optional::of)
                : Uni.createFrom().item(Optional.empty());
    }

    private static Cursor cursorAfter(Merge merge) {
        return new Cursor(NEWEST_FIRST, String.valueOf(merge.targetVersion), merge.id.toString());
    }
}
