package io.clientela.activity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerLocks;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.CustomerService;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * The use cases of a customer's addresses, calls and orders. Each method is one transaction, or one read without a
 * transaction. A write locks the customer first, updates the customer's totals and logs the change, so that writes to
 * one customer run one after the other.
 */
@ApplicationScoped
class CustomerItems {
    /**
     * The result of {@link #add}.
     *
     * @param id the item's id
     * @param view the new item, or the existing one with the same external id
     * @param isNew whether the item was added
     */
    record Added<V>(UUID id, V view, boolean isNew) {}

    private final Caller caller;
    private final Database database;
    private final Activity activity;
    private final CustomerService customers;
    private final CustomerLocks locks;
    private final CustomerRecords records;
    private final ItemReader reader;

    CustomerItems(
            Caller caller,
            Database database,
            Activity activity,
            CustomerService customers,
            CustomerLocks locks,
            CustomerRecords records,
            ItemReader reader) {
        this.caller = caller;
        this.database = database;
        this.activity = activity;
        this.customers = customers;
        this.locks = locks;
        this.records = records;
        this.reader = reader;
    }

    /**
     * Lists a customer's items of a type. Reads the customer only if the page is empty.
     *
     * @throws MergedRedirectException if the customer was merged into another one
     * @throws ProblemException 404
     */
    <V> Uni<Page<V>> list(ItemType<?, ?, V> type, UUID customerId, PageRequest request) {
        return customers
                .requireVisible(customerId)
                .chain(() -> type.table().page(database, caller.tenant(), customerId, request))
                .call(page -> page.data().isEmpty()
                        ? customers.get(customerId)
                        : Uni.createFrom().voidItem());
    }

    /**
     * Returns an item.
     *
     * @throws MergedRedirectException if the customer was merged into another one
     * @throws ProblemException 404
     */
    <V> Uni<V> get(ItemType<?, ?, V> type, UUID customerId, UUID id) {
        return customers
                .requireVisible(customerId)
                .chain(() -> type.table().byId(database, caller.tenant(), customerId, id))
                .chain(found -> found.map(view -> Uni.createFrom().item(view))
                        .orElseGet(() -> customers.get(customerId).map(customer -> {
                            throw ProblemException.notFound();
                        })));
    }

    /**
     * Adds an item. If the customer has an item with this external id, returns that one unchanged.
     *
     * @throws ProblemException 404, 409 {@code duplicate_external_id}
     */
    <E extends CustomerItem, I, V> Uni<Added<V>> add(ItemType<E, I, V> type, UUID customerId, I input) {
        var externalId = type.externalId(input);
        return database.transaction(() -> ExternalIds.acquire(caller.tenant(), type, externalId)
                .chain(() -> locks.lock(customerId, null))
                .chain(customer -> ExternalIds.owner(type, externalId)
                        .chain(owner -> owner.isPresent()
                                ? Uni.createFrom().item(() -> existing(type, customerId, owner.get()))
                                : insert(type, customer, input))));
    }

    private static <E extends CustomerItem, V> Added<V> existing(ItemType<E, ?, V> type, UUID customerId, E owner) {
        if (!owner.customerId.equals(customerId)) {
            throw ExternalIds.duplicate(owner);
        }
        return new Added<>(owner.id, type.view(owner), false);
    }

    private <E extends CustomerItem, I, V> Uni<Added<V>> insert(
            ItemType<E, I, V> type, LockedCustomer customer, I input) {
        var item = type.newEntity();
        item.assignTo(caller.tenant(), customer.id());
        return type.resolveDefaults(item, input, true)
                .invoke(resolved -> type.write(item, resolved))
                .invoke(() -> customer.setTotals(type.addTo(customer.totals(), item)))
                .chain(() -> item.persist())
                .chain(() -> records.save(customer, type.singular() + ".added", type.details(item.id)))
                .map(saved -> new Added<>(item.id, type.view(item), true));
    }

    /**
     * Changes an item by JSON Merge Patch (RFC 7396). A patch without effect writes nothing.
     *
     * @throws ProblemException 404, 409 {@code duplicate_external_id}, or 422 if the result is invalid
     */
    <E extends CustomerItem, I, V> Uni<V> update(ItemType<E, I, V> type, UUID customerId, UUID id, ObjectNode patch) {
        var externalId = Optional.ofNullable(patch.path("external_id").textValue());
        return database.transaction(() -> ExternalIds.acquire(caller.tenant(), type, externalId)
                .chain(() -> locks.lock(customerId, null))
                .chain(customer -> find(type, customerId, id).chain(item -> {
                    var before = reader.tree(type, item);
                    var input = reader.patched(type, before, patch);
                    return requireUnique(type, item, externalId)
                            .chain(() -> type.resolveDefaults(item, input, false))
                            .invoke(resolved -> type.write(item, resolved))
                            .chain(() -> saveChanged(type, customer, item, before));
                })));
    }

    private static <E extends CustomerItem> Uni<Void> requireUnique(
            ItemType<E, ?, ?> type, E item, Optional<String> externalId) {
        return ExternalIds.owner(type, externalId)
                .invoke(owner -> owner.filter(other -> !other.id.equals(item.id))
                        .ifPresent(other -> {
                            throw ExternalIds.duplicate(other);
                        }))
                .replaceWithVoid();
    }

    private <E extends CustomerItem, V> Uni<V> saveChanged(
            ItemType<E, ?, V> type, LockedCustomer customer, E item, ObjectNode before) {
        var changes = CustomerJson.changes(before, reader.tree(type, item));
        if (changes.isEmpty()) {
            return Uni.createFrom().item(type.view(item));
        }
        item.touch();
        var affectsTotals = type.fieldsInTotals().stream().anyMatch(changes::has);
        return item.flush()
                .chain(() ->
                        affectsTotals ? recount(customer) : Uni.createFrom().voidItem())
                .chain(() -> records.save(
                        customer,
                        type.singular() + ".updated",
                        type.details(item.id).set("changes", changes)))
                .map(saved -> type.view(item));
    }

    /**
     * Removes an item.
     *
     * @throws ProblemException 404
     */
    <E extends CustomerItem> Uni<Void> remove(ItemType<E, ?, ?> type, UUID customerId, UUID id) {
        return database.transaction(() -> locks.lock(customerId, null)
                        .chain(customer -> find(type, customerId, id).chain(item -> {
                            var changes = CustomerJson.changes(reader.tree(type, item), CustomerJson.emptyObject());
                            return deleteRow(type, item)
                                    .chain(() -> type.fieldsInTotals().isEmpty()
                                            ? Uni.createFrom().voidItem()
                                            : recount(customer))
                                    .chain(() -> records.save(
                                            customer,
                                            type.singular() + ".removed",
                                            type.details(id).set("changes", changes)));
                        })))
                .replaceWithVoid();
    }

    /** Deletes by a statement: the session's delete is not safe between requests (hibernate-reactive issue 1713). */
    private Uni<Void> deleteRow(ItemType<?, ?, ?> type, CustomerItem item) {
        return Panache.getSession()
                .invoke(session -> session.detach(item))
                .chain(session -> TenantStatement.update(
                        item.tenantId,
                        "DELETE FROM " + type.table().name() + " WHERE tenant_id = $1 AND id = $2",
                        item.id))
                .replaceWithVoid();
    }

    private Uni<Void> recount(LockedCustomer customer) {
        return activity.count(customer.id()).invoke(customer::setTotals).replaceWithVoid();
    }

    private <E extends CustomerItem> Uni<E> find(ItemType<E, ?, ?> type, UUID customerId, UUID id) {
        return Panache.getSession()
                .chain(session -> session.find(type.entity(), new ItemKey(caller.tenant(), id)))
                .map(Optional::ofNullable)
                .map(found -> found.filter(item -> item.customerId.equals(customerId))
                        .orElseThrow(ProblemException::notFound));
    }
}
