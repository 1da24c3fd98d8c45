package io.clientela.activity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.CustomerService;
import io.clientela.customer.LockedCustomer;
import io.clientela.http.JsonBodies;
import io.clientela.http.MergePatch;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.ProblemException;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * What can be done with the addresses, calls and orders of a customer. Each method is one transaction, or one read
 * without any. A write locks the customer first, brings the customer's totals up to date and writes an entry of their
 * history; so what is written to one customer is written in one order.
 */
@ApplicationScoped
class CustomerItems {
    /**
     * What adding came to.
     *
     * @param id its id
     * @param view what was added, or was there
     * @param isNew whether it was added
     */
    record Added<V>(UUID id, V view, boolean isNew) {}

    private final Caller caller;
    private final Pool pool;
    private final Activity activity;
    private final CustomerService customers;
    private final CustomerRecords records;
    private final CustomerJson json;
    private final JsonBodies bodies;

    CustomerItems(
            Caller caller,
            Pool pool,
            Activity activity,
            CustomerService customers,
            CustomerRecords records,
            CustomerJson json,
            JsonBodies bodies) {
        this.caller = caller;
        this.pool = pool;
        this.activity = activity;
        this.customers = customers;
        this.records = records;
        this.json = json;
        this.bodies = bodies;
    }

    /**
     * Lists what a customer has of a kind. Only where there is nothing the customer is looked for.
     *
     * @throws ProblemException 404
     */
    <V> Uni<Page<V>> list(ItemKind<?, ?, V> kind, UUID customerId, PageRequest request) {
        return kind.table()
                .page(pool, caller.tenant(), customerId, request)
                .call(page -> page.data().isEmpty()
                        ? customers.get(customerId)
                        : Uni.createFrom().voidItem());
    }

    /**
     * Finds one.
     *
     * @throws ProblemException 404
     */
    <V> Uni<V> get(ItemKind<?, ?, V> kind, UUID customerId, UUID id) {
        return kind.table().byId(pool, caller.tenant(), customerId, id).chain(found -> found.map(
                        view -> Uni.createFrom().item(view))
                .orElseGet(() -> customers.get(customerId).map(customer -> {
                    throw ProblemException.notFound();
                })));
    }

    /**
     * Adds one, unless the customer has one with its external id: then that one stays as it is.
     *
     * @throws ProblemException 404, 409 {@code duplicate_external_id}
     */
    <E extends CustomerItem, I, V> Uni<Added<V>> add(ItemKind<E, I, V> kind, UUID customerId, I input) {
        var externalId = kind.externalId(input);
        return Panache.withTransaction(() -> ExternalIds.take(caller.tenant(), kind, externalId)
                .chain(() -> records.lock(customerId, null))
                .chain(customer -> ExternalIds.holder(kind, externalId)
                        .chain(holder -> holder.isPresent()
                                ? Uni.createFrom().item(() -> existing(kind, customerId, holder.get()))
                                : insert(kind, customer, input))));
    }

    private static <E extends CustomerItem, V> Added<V> existing(ItemKind<E, ?, V> kind, UUID customerId, E holder) {
        if (!holder.customerId.equals(customerId)) {
            throw ExternalIds.held(holder);
        }
        return new Added<>(holder.id, kind.view(holder), false);
    }

    private <E extends CustomerItem, I, V> Uni<Added<V>> insert(
            ItemKind<E, I, V> kind, LockedCustomer customer, I input) {
        var item = kind.blank();
        item.belongTo(caller.tenant(), customer.id());
        return kind.settle(item, input, true)
                .invoke(settled -> kind.write(item, settled))
                .invoke(() -> customer.setTotals(kind.with(customer.totals(), item)))
                .chain(() -> item.persist())
                .chain(() -> records.save(customer, kind.word() + ".added", details(kind, item.id)))
                .map(saved -> new Added<>(item.id, kind.view(item), true));
    }

    /**
     * Changes one by JSON Merge Patch (RFC 7396). A patch that changes nothing writes nothing.
     *
     * @throws ProblemException 404, 409 {@code duplicate_external_id}, or 422 for what the patch would lead to
     */
    <E extends CustomerItem, I, V> Uni<V> update(ItemKind<E, I, V> kind, UUID customerId, UUID id, ObjectNode patch) {
        var externalId = Optional.ofNullable(patch.path("external_id").textValue());
        return Panache.withTransaction(() -> ExternalIds.take(caller.tenant(), kind, externalId)
                .chain(() -> records.lock(customerId, null))
                .chain(customer -> find(kind, customerId, id).chain(item -> {
                    var before = json.tree(kind.view(item));
                    var after = MergePatch.apply(before.deepCopy().retain(kind.fields()), patch);
                    var input = bodies.read(after, kind.input(), whole -> kind.violations(whole, false))
                            .value();
                    return refuseHeld(kind, item, externalId)
                            .chain(() -> kind.settle(item, input, false))
                            .invoke(settled -> kind.write(item, settled))
                            .chain(() -> saveChanged(kind, customer, item, before));
                })));
    }

    private static <E extends CustomerItem> Uni<Void> refuseHeld(
            ItemKind<E, ?, ?> kind, E item, Optional<String> externalId) {
        return ExternalIds.holder(kind, externalId)
                .invoke(holder -> holder.filter(other -> !other.id.equals(item.id))
                        .ifPresent(other -> {
                            throw ExternalIds.held(other);
                        }))
                .replaceWithVoid();
    }

    private <E extends CustomerItem, V> Uni<V> saveChanged(
            ItemKind<E, ?, V> kind, LockedCustomer customer, E item, ObjectNode before) {
        var changes = json.changes(before, json.tree(kind.view(item)));
        if (changes.isEmpty()) {
            return Uni.createFrom().item(kind.view(item));
        }
        item.touch();
        var counts = kind.counted().stream().anyMatch(changes::has);
        return item.flush()
                .chain(() -> counts ? recount(customer) : Uni.createFrom().voidItem())
                .chain(() -> records.save(
                        customer,
                        kind.word() + ".updated",
                        details(kind, item.id).set("changes", changes)))
                .map(saved -> kind.view(item));
    }

    /**
     * Removes one.
     *
     * @throws ProblemException 404
     */
    <E extends CustomerItem> Uni<Void> remove(ItemKind<E, ?, ?> kind, UUID customerId, UUID id) {
        return Panache.withTransaction(() -> records.lock(customerId, null)
                        .chain(customer -> find(kind, customerId, id).chain(item -> {
                            var changes = json.changes(json.tree(kind.view(item)), json.none());
                            return deleteRow(kind, item)
                                    .chain(() -> kind.counted().isEmpty()
                                            ? Uni.createFrom().voidItem()
                                            : recount(customer))
                                    .chain(() -> records.save(
                                            customer,
                                            kind.word() + ".removed",
                                            details(kind, id).set("changes", changes)));
                        })))
                .replaceWithVoid();
    }

    /** Not by the session, for the reason that a customer's row is not (hibernate-reactive issue 1713). */
    private Uni<Void> deleteRow(ItemKind<?, ?, ?> kind, CustomerItem item) {
        return Panache.getSession()
                .invoke(session -> session.detach(item))
                .chain(session -> session.createNativeQuery(
                                "DELETE FROM " + kind.table().name() + " WHERE tenant_id = :tenant AND id = :id")
                        .setParameter("tenant", item.tenantId)
                        .setParameter("id", item.id)
                        .executeUpdate())
                .replaceWithVoid();
    }

    private Uni<Void> recount(LockedCustomer customer) {
        return activity.count(customer.id()).invoke(customer::setTotals).replaceWithVoid();
    }

    private <E extends CustomerItem> Uni<E> find(ItemKind<E, ?, ?> kind, UUID customerId, UUID id) {
        return Panache.getSession()
                .chain(session -> session.find(kind.entity(), new ItemKey(caller.tenant(), id)))
                .map(Optional::ofNullable)
                .map(found -> found.filter(item -> item.customerId.equals(customerId))
                        .orElseThrow(ProblemException::notFound));
    }

    private ObjectNode details(ItemKind<?, ?, ?> kind, UUID id) {
        return json.none().put(kind.word() + "_id", id.toString());
    }
}
