package io.clientela.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A customer whose row the current transaction has locked, with its state at that time. {@link CustomerRecords#save}
 * writes the changes.
 */
public final class LockedCustomer {
    private final Customer customer;
    private final Set<Identifier> aliases;
    private ObjectNode before;
    private Supplier<ObjectNode> state;
    private final ObjectNode unshownBefore;
    private boolean created;
    private final List<CustomerChange> changes = new ArrayList<>();
    private final Set<String> restored = new HashSet<>();

    /**
     * Creates a customer whose state at the time of the lock is read when it is asked for, which must be before the
     * first change. A batch can hold many customers that it does not change.
     */
    LockedCustomer(Customer customer, Supplier<ObjectNode> state, Set<Identifier> aliases) {
        this(customer, (ObjectNode) null, aliases);
        this.state = state;
    }

    LockedCustomer(Customer customer, ObjectNode before, Set<Identifier> aliases) {
        this.customer = customer;
        this.before = before;
        this.aliases = aliases;
        this.unshownBefore = customer.unshown();
    }

    /** Returns a new customer, whose row is not stored yet. */
    static LockedCustomer created(Customer customer, ObjectNode state) {
        var locked = new LockedCustomer(customer, state, Set.of());
        locked.created = true;
        return locked;
    }

    /** Returns a restored customer whose state before includes the unique fields of the snapshot's row. */
    static LockedCustomer restored(Customer customer, ObjectNode state, ObjectNode row) {
        state.set("external_id", row.get("external_id"));
        state.set("cluster_id", row.get("cluster_id"));
        return new LockedCustomer(customer, state, Set.of());
    }

    /** Sets the external id of a restored customer, and the main cluster if it still exists. */
    public void restoreUniqueFields(boolean clusterExists) {
        customer.externalId = before.path("external_id").textValue();
        customer.clusterId = clusterExists ? mainCluster().orElse(null) : null;
        restored.addAll(List.of("external_id", "cluster_id"));
    }

    /** Returns the customer's main cluster at the time of the lock. */
    public Optional<UUID> mainCluster() {
        return Optional.ofNullable(before().path("cluster_id").textValue()).map(UUID::fromString);
    }

    public UUID id() {
        return customer.id;
    }

    /** Returns the current state, changes included. */
    public CustomerView view() {
        return customer.view();
    }

    /** Returns the state at the time of the lock or after the last prepared change. */
    public ObjectNode before() {
        if (before == null) {
            before = state.get();
        }
        return before;
    }

    /** Returns the customer's own identifiers, changes included. */
    public Set<Identifier> identifiers() {
        return customer.identifiers();
    }

    /**
     * Returns the identifiers of customers that were merged into this one, as far as the lock loaded them (ADR 8). They
     * lead to this customer and never replace its own.
     */
    public Set<Identifier> aliases() {
        return aliases;
    }

    /** Returns all identifiers that lead to the customer: its own and the aliases. */
    public Set<Identifier> allIdentifiers() {
        Set<Identifier> all = new LinkedHashSet<>(identifiers());
        all.addAll(aliases);
        return all;
    }

    public ActivityTotals totals() {
        return customer.totals;
    }

    public void setTotals(ActivityTotals totals) {
        customer.totals = totals;
    }

    /** Sets the customer's main cluster; null for none. */
    public void setCluster(UUID cluster) {
        customer.clusterId = cluster;
    }

    /** Sets whether the e-mail is verified. Call it after {@code write}, which resets this when the e-mail changes. */
    public void setEmailVerified(boolean verified) {
        customer.emailVerified = verified;
    }

    /** Returns whether the row is not stored yet. */
    boolean isNew() {
        return created;
    }

    /** Returns the changes that are not stored yet, in their order. */
    List<CustomerChange> changes() {
        return changes;
    }

    /** Returns whether a change that is not stored yet takes the external id away that the row has. */
    boolean givesUpExternalId() {
        return changes.stream()
                .map(change -> change.changes().path("external_id").path("from"))
                .anyMatch(JsonNode::isTextual);
    }

    /** Returns the columns of the row to write although the changes do not name them. */
    Set<String> changedInRow() {
        Set<String> changed = new HashSet<>(restored);
        customer.unshown().properties().stream()
                .filter(column -> !column.getValue().equals(unshownBefore.get(column.getKey())))
                .forEach(column -> changed.add(column.getKey()));
        return changed;
    }

    /** Adds a change that {@link CustomerRecords#saveAll} stores. */
    void changed(CustomerChange change, ObjectNode state) {
        changes.add(change);
        before = state;
    }

    /** Marks all changes as stored. */
    void saved() {
        created = false;
        changes.clear();
    }

    Customer entity() {
        return customer;
    }
}
