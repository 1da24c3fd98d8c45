package io.clientela.activity;

import io.clientela.customer.ActivityTotals;
import io.clientela.customer.CustomerLocks;
import io.clientela.customer.CustomerProblems;
import io.clientela.customer.IdentifierLocks;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Locks and reads all that is needed to write many items, by a fixed number of statements. */
@Singleton
class ItemLoader {
    private final Caller caller;
    private final CustomerLocks locks;
    private final Activity activity;
    private final ItemRows items;
    private final ItemPreviews previews;

    ItemLoader(Caller caller, CustomerLocks locks, Activity activity, ItemRows items, ItemPreviews previews) {
        this.caller = caller;
        this.locks = locks;
        this.activity = activity;
        this.items = items;
        this.previews = previews;
    }

    /**
     * Locks the external ids and the identifiers of the rows, then the customers to whom the rows lead (ADR 3). The
     * items are read after that: whoever changes one has locked its customer.
     *
     * @param triedImport the import that is only tried, whose earlier rows are seen
     * @throws ProblemException 503 if a customer is restored by an undo at this moment
     */
    <E extends CustomerItem, I> Uni<LoadedItems<E, I>> load(
            ItemType<E, I, ?> type, List<ItemRow> rows, Optional<UUID> triedImport) {
        var externalIds = distinct(rows.stream().flatMap(row -> row.externalId().stream()));
        var ids = distinct(rows.stream().flatMap(row -> row.owner().id().stream()));
        var identifiers = distinct(rows.stream().flatMap(row -> row.owner().identifiers().stream()));
        return TenantStatement.pipelined(
                        TenantStatement.pipelined(
                                ExternalIds.acquire(caller.tenant(), type, externalIds),
                                IdentifierLocks.acquire(caller.tenant(), identifiers)),
                        locks.lockAllWithAnonymized(ids, identifiers))
                .chain(locked -> owners(locked, ids))
                .chain(owners -> find(type, externalIds, triedImport).chain(found -> load(type, owners, found)));
    }

    private static <T> Set<T> distinct(Stream<T> values) {
        return values.collect(Collectors.toSet());
    }

    private Uni<ItemOwners> owners(List<LockedCustomer> locked, Set<UUID> ids) {
        Set<UUID> missing = new HashSet<>(ids);
        locked.forEach(customer -> missing.remove(customer.id()));
        return missing.isEmpty()
                ? Uni.createFrom().item(new ItemOwners(locked, Map.of()))
                : locks.currentIds(missing)
                        .invoke(ItemLoader::requireUnrestored)
                        .map(currentIds -> new ItemOwners(locked, currentIds));
    }

    private static void requireUnrestored(Map<UUID, UUID> currentIds) {
        currentIds.forEach((id, currentId) -> {
            if (id.equals(currentId)) {
                throw CustomerProblems.moved(id, currentId);
            }
        });
    }

    /** Returns the items with these external ids; those that would have been written in place of the stored ones. */
    private <E extends CustomerItem> Uni<Collection<E>> find(
            ItemType<E, ?, ?> type, Set<String> externalIds, Optional<UUID> triedImport) {
        return items.find(type, externalIds).chain(stored -> triedImport
                .map(importId ->
                        previews.find(type, importId, externalIds).map(previewed -> combined(type, stored, previewed)))
                .orElseGet(() -> Uni.createFrom().item(stored)));
    }

    private static <E extends CustomerItem> Collection<E> combined(
            ItemType<E, ?, ?> type, List<E> stored, List<E> previewed) {
        Map<Optional<String>, E> byExternalId = new HashMap<>();
        stored.forEach(item -> byExternalId.put(type.externalIdOf(item), item));
        previewed.forEach(item -> byExternalId.put(type.externalIdOf(item), item));
        return new ArrayList<>(byExternalId.values());
    }

    private <E extends CustomerItem, I> Uni<LoadedItems<E, I>> load(
            ItemType<E, I, ?> type, ItemOwners owners, Collection<E> found) {
        return totalsWithout(type, owners, found).chain(totals -> type.newItemDefaults(caller.tenant(), owners.ids())
                .map(defaults -> new LoadedItems<>(owners, found, new ItemTotals<>(type, found, totals), defaults)));
    }

    private <E extends CustomerItem> Uni<Map<UUID, ActivityTotals>> totalsWithout(
            ItemType<E, ?, ?> type, ItemOwners owners, Collection<E> found) {
        var customers = distinct(found.stream().map(item -> item.customerId).filter(owners.ids()::contains));
        return customers.isEmpty() || type.fieldsInTotals().isEmpty()
                ? Uni.createFrom().item(Map.of())
                : activity.countWithout(customers, distinct(found.stream().map(item -> item.id)));
    }
}
