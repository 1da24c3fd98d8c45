package io.clientela.activity;

import io.clientela.customer.ActivityTotals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps the totals of customers in step with changes of many of their items, without reading the others: a total is
 * that of all other items, and of each of these as it is now.
 */
final class ItemTotals<E extends CustomerItem> {
    private final ItemType<E, ?, ?> type;
    private final Map<UUID, ActivityTotals> ofOthers;
    private final Map<UUID, List<E>> items = new HashMap<>();

    /**
     * Begins with the items that may be changed.
     *
     * @param stored these items
     * @param ofOthers the totals, without these items, of each customer that has one of them
     */
    ItemTotals(ItemType<E, ?, ?> type, Collection<E> stored, Map<UUID, ActivityTotals> ofOthers) {
        this.type = type;
        this.ofOthers = new HashMap<>(ofOthers);
        stored.forEach(this::put);
    }

    /**
     * Adds a new item.
     *
     * @param before the totals of its customer
     * @return the totals with the item
     */
    ActivityTotals added(ActivityTotals before, E item) {
        ofOthers.putIfAbsent(item.customerId, before);
        put(item);
        return type.addTo(before, item);
    }

    /** Returns a customer's totals after one of the customer's items has changed. */
    ActivityTotals changed(UUID customer) {
        var totals = ofOthers.getOrDefault(customer, ActivityTotals.NONE);
        for (var item : items.getOrDefault(customer, List.of())) {
            totals = type.addTo(totals, item);
        }
        return totals;
    }

    private void put(E item) {
        items.computeIfAbsent(item.customerId, ignored -> new ArrayList<>()).add(item);
    }
}
