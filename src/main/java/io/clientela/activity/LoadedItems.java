package io.clientela.activity;

import java.util.Collection;

/**
 * What is read before many items are written.
 *
 * @param owners the customers, locked
 * @param items the items with the external ids of the rows
 * @param totals the totals of the customers
 * @param defaults the defaults of new items
 */
record LoadedItems<E extends CustomerItem, I>(
        ItemOwners owners, Collection<E> items, ItemTotals<E> totals, NewItemDefaults<E, I> defaults) {}
