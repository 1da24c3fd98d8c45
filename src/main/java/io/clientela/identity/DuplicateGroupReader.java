package io.clientela.identity;

import io.clientela.customer.CustomerService;
import io.clientela.customer.CustomerView;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.WorkerThread;
import io.clientela.http.json.Ids;
import io.clientela.identity.DuplicateGroupView.LinkView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Lists the groups of likely duplicates, computed from the stored pairs for each request. */
@ApplicationScoped
class DuplicateGroupReader {
    /** So many customers can be merged at once. */
    static final int MAX_CUSTOMERS = 50;

    private static final int MAX_LINKS = 100;

    private final GroupStatements statements;
    private final CustomerService customers;
    private final PendingComparisons pending;

    DuplicateGroupReader(GroupStatements statements, CustomerService customers, PendingComparisons pending) {
        this.statements = statements;
        this.customers = customers;
        this.pending = pending;
    }

    /** What an answer shows of a group. */
    private record Shown(DuplicateGroup group, Set<UUID> customers, List<DuplicateLink> links) {
        static Shown of(DuplicateGroup group) {
            Set<UUID> customers = new LinkedHashSet<>(group.bestConnected(MAX_CUSTOMERS));
            return new Shown(group, customers, group.linksAmong(customers, MAX_LINKS));
        }

        Shown without(Collection<UUID> missing) {
            Set<UUID> present = new LinkedHashSet<>(customers);
            present.removeAll(missing);
            return new Shown(group, present, group.linksAmong(present, MAX_LINKS));
        }
    }

    /** Returns the groups of the tenant, best first. */
    Uni<DuplicatePage<DuplicateGroupView>> groups(DuplicateQuery query) {
        return pending.countFor(() -> statements
                .links(query.minScore())
                .chain(links -> statements
                        .dismissed()
                        .chain(dismissed ->
                                WorkerThread.compute(() -> page(query, DuplicateGroups.of(links, dismissed)))))
                .chain(this::views));
    }

    private static Page<Shown> page(DuplicateQuery query, List<DuplicateGroup> groups) {
        var request = query.page();
        var found = groups.stream()
                .filter(group ->
                        request.cursor().map(cursor -> isAfter(group, cursor)).orElse(true))
                .skip(request.offset())
                .limit(request.size() + 1L)
                .toList();
        var total = request.counted() ? Optional.of((long) groups.size()) : Optional.<Long>empty();
        return Page.of(request, found, total, DuplicateGroupReader::cursorAfter).map(Shown::of);
    }

    private static boolean isAfter(DuplicateGroup group, Cursor cursor) {
        int order = new BigDecimal(cursor.key()).compareTo(score(group.score()));
        return order > 0
                || order == 0
                        && DuplicateLink.BY_ID.compare(
                                        group.id(), Ids.parse(cursor.id()).orElseThrow())
                                > 0;
    }

    private static Cursor cursorAfter(DuplicateGroup group) {
        return new Cursor(
                DuplicateQuery.BEST_GROUP_FIRST,
                score(group.score()).toPlainString(),
                group.id().toString());
    }

    /** Loads what the groups show. Customers that were deleted since the comparison are left out. */
    private Uni<Page<DuplicateGroupView>> views(Page<Shown> page) {
        var ids = page.data().stream()
                .flatMap(shown -> shown.customers().stream())
                .collect(Collectors.toSet());
        var links =
                page.data().stream().flatMap(shown -> shown.links().stream()).toList();
        return customers.mapByIds(ids).chain(views -> statements.reasons(links).chain(reasons -> statements
                .mostCompleteFirst(ids)
                .map(ranked -> page.map(shown -> shown.without(missing(ids, views)))
                        .where(shown -> shown.customers().size() > 1)
                        .map(shown -> view(shown, views, reasons, ranked)))));
    }

    private static Set<UUID> missing(Set<UUID> ids, Map<UUID, CustomerView> views) {
        return ids.stream().filter(id -> !views.containsKey(id)).collect(Collectors.toSet());
    }

    private static DuplicateGroupView view(
            Shown shown,
            Map<UUID, CustomerView> views,
            Map<List<UUID>, List<String>> reasons,
            List<UUID> mostCompleteFirst) {
        var group = shown.group();
        int missing = Math.min(MAX_CUSTOMERS, group.customers().size())
                - shown.customers().size();
        return new DuplicateGroupView(
                group.id(),
                group.customers().size() - missing,
                shown.customers().stream().map(views::get).toList(),
                shown.links().stream()
                        .map(link -> new LinkView(
                                List.of(link.a(), link.b()),
                                score(link.score()),
                                reasons.getOrDefault(List.of(link.a(), link.b()), List.of())))
                        .toList(),
                score(group.score()),
                mostCompleteFirst.stream()
                        .filter(shown.customers()::contains)
                        .findFirst()
                        .orElse(null));
    }

    private static BigDecimal score(int millionths) {
        return BigDecimal.valueOf(millionths, 6);
    }
}
