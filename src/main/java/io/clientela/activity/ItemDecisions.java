package io.clientela.activity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.LockedCustomer;
import io.clientela.http.problem.ProblemException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Decides rows one after the other in memory; each sees the changes of those before it. */
final class ItemDecisions<E extends CustomerItem, I> {
    private final String tenant;
    private final ItemType<E, I, ?> type;
    private final ItemReader reader;
    private final CustomerRecords records;
    private final LoadedItems<E, I> loaded;
    private final Map<String, E> byExternalId = new HashMap<>();
    private final Map<UUID, E> added = new LinkedHashMap<>();
    private final Map<UUID, E> updated = new LinkedHashMap<>();

    ItemDecisions(
            String tenant,
            ItemType<E, I, ?> type,
            ItemReader reader,
            CustomerRecords records,
            LoadedItems<E, I> loaded) {
        this.tenant = tenant;
        this.type = type;
        this.reader = reader;
        this.records = records;
        this.loaded = loaded;
        loaded.items().forEach(item -> byExternalId.put(type.externalIdOf(item).orElseThrow(), item));
    }

    /** Returns the new items, as they are to be stored. */
    Collection<E> added() {
        return added.values();
    }

    /** Returns the changed items, as they are to be stored. */
    Collection<E> updated() {
        return updated.values();
    }

    /** Returns the new and changed items that have external ids. */
    Collection<E> changed() {
        return Stream.concat(added().stream(), updated().stream())
                .filter(item -> type.externalIdOf(item).isPresent())
                .toList();
    }

    /**
     * Decides a row. The items, their customers' totals, versions and events change in memory.
     *
     * @throws ProblemException if the row is refused, which then leaves nothing behind
     */
    ItemOutcome decide(ItemRow row) {
        var customer = loaded.owners().of(row.owner());
        var item = row.externalId().map(byExternalId::get);
        if (item.isEmpty()) {
            return add(customer, row);
        }
        if (!item.get().customerId.equals(customer.id())) {
            throw ItemProblems.duplicateExternalId();
        }
        return row.isUpdating() ? update(customer, item.get(), row.fields().json()) : ItemOutcome.UNCHANGED;
    }

    private ItemOutcome add(LockedCustomer customer, ItemRow row) {
        var input = type.input().cast(row.fields().value());
        var missing = type.missing(input, true);
        if (!missing.isEmpty()) {
            throw ProblemException.invalid(missing);
        }
        var item = type.newEntity();
        item.assignTo(tenant, customer.id());
        type.write(item, loaded.defaults().resolve(item, input));
        added.put(item.id, item);
        row.externalId().ifPresent(key -> byExternalId.put(key, item));
        customer.setTotals(loaded.totals().added(customer.totals(), item));
        records.prepareTotals(customer, type.singular() + ".added", type.details(item.id));
        return ItemOutcome.CREATED;
    }

    private ItemOutcome update(LockedCustomer customer, E item, ObjectNode patch) {
        var before = reader.tree(type, item);
        type.write(item, reader.patched(type, before, patch));
        var changes = CustomerJson.changes(before, reader.tree(type, item));
        if (changes.isEmpty()) {
            return ItemOutcome.UNCHANGED;
        }
        item.touch();
        if (!added.containsKey(item.id)) {
            updated.put(item.id, item);
        }
        if (type.fieldsInTotals().stream().anyMatch(changes::has)) {
            customer.setTotals(loaded.totals().changed(customer.id()));
        }
        records.prepareTotals(
                customer, type.singular() + ".updated", type.details(item.id).set("changes", changes));
        return ItemOutcome.UPDATED;
    }
}
