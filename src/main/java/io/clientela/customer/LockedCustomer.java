package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A customer whose row the current transaction has locked, with its state at that time. {@link CustomerRecords#save}
 * writes the changes.
 */
public final class LockedCustomer {
    private final Customer customer;
    private final Set<Identifier> aliases;
    private final SegmentRules segments;
    private final List<CustomerChange> changes = new ArrayList<>();

    /** The customer as its row has it; null for a new customer. */
    private Customer stored;

    private CustomerView before;
    private boolean removed;

    LockedCustomer(Customer customer, Set<Identifier> aliases, SegmentRules segments) {
        this.customer = customer;
        this.aliases = aliases;
        this.segments = segments;
        this.stored = customer.copy();
        this.before = customer.view(segments);
    }

    /** Returns a new customer, whose row is not stored yet. */
    static LockedCustomer created(Customer customer, SegmentRules segments) {
        var locked = new LockedCustomer(customer, Set.of(), segments);
        locked.stored = null;
        return locked;
    }

    /** Returns a restored customer whose state before includes the unique fields of the snapshot's row. */
    static LockedCustomer restored(Customer customer, ObjectNode row, SegmentRules segments) {
        var locked = new LockedCustomer(customer, Set.of(), segments);
        var cluster = row.path("cluster_id").textValue();
        customer.fields = customer.fields.with(
                fields -> fields.externalId(row.path("external_id").textValue())
                        .clusterId(cluster == null ? null : UUID.fromString(cluster)));
        locked.before = customer.view(segments);
        return locked;
    }

    /** Returns the customer's main cluster at the time of the lock. */
    public Optional<UUID> mainCluster() {
        return Optional.ofNullable(before.fields().clusterId());
    }

    public UUID id() {
        return customer.id;
    }

    /** Returns the current state, changes included. */
    public CustomerView view() {
        return customer.view(segments);
    }

    /** Returns the state at the time of the lock or after the last prepared change. */
    public CustomerView before() {
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

    /**
     * Returns the kinds by which the customer is somebody else than who has these identifiers. A document or external
     * id is stronger than an e-mail or phone, which families and offices share: a customer found by these alone who has
     * another document or external id is another person.
     */
    public List<Identifier.Kind> differences(Collection<Identifier> given) {
        var all = allIdentifiers();
        if (given.stream().anyMatch(identifier -> identifier.kind().isStrong() && all.contains(identifier))) {
            return List.of();
        }
        var kinds = given.stream().map(Identifier::kind).collect(Collectors.toSet());
        return identifiers().stream()
                .map(Identifier::kind)
                .filter(kind -> kind.isStrong() && kinds.contains(kind))
                .toList();
    }

    /** Returns whether the customer's personal data was erased. */
    public boolean isAnonymized() {
        return customer.state.anonymized();
    }

    public ActivityTotals totals() {
        return customer.totals;
    }

    public void setTotals(ActivityTotals totals) {
        customer.totals = totals;
    }

    /** Sets the customer's main cluster; null for none. */
    public void setCluster(UUID cluster) {
        customer.fields = customer.fields.withClusterId(cluster);
    }

    /** Turns these preferences, named as in JSON, into refusals if they are granted. */
    public void withdraw(Set<String> preferences) {
        customer.fields =
                customer.fields.withPreferences(customer.fields.preferences().without(preferences));
    }

    /** Sets whether the e-mail is verified. Call it after {@code write}, which resets this when the e-mail changes. */
    public void setEmailVerified(boolean verified) {
        customer.state = customer.state.withEmailVerified(verified);
    }

    /** Returns whether the row is not stored yet. */
    boolean isNew() {
        return stored == null;
    }

    /** Returns whether the row is to be deleted. */
    boolean isRemoved() {
        return removed;
    }

    /** Returns the changes that are not stored yet, in their order. */
    List<CustomerChange> changes() {
        return changes;
    }

    /** Returns whether the row has an external id that the customer has no more. */
    boolean givesUpExternalId() {
        return stored != null
                && stored.fields.externalId() != null
                && !stored.fields.externalId().equals(customer.fields.externalId());
    }

    /** Returns the columns that differ from those of the row, which must be stored. */
    Set<String> changedColumns() {
        Map<String, Object> current = new HashMap<>();
        CustomerTable.forEach(customer, current::put);
        Set<String> changed = new HashSet<>();
        CustomerTable.forEach(stored, (column, value) -> {
            if (!Objects.equals(current.get(column), value)) {
                changed.add(column);
            }
        });
        return changed;
    }

    /** Adds a change that {@link CustomerRecords#saveAll} stores. */
    void changed(CustomerChange change) {
        changes.add(change);
        before = customer.view(segments);
    }

    /** Adds the change that removes the customer. */
    void removed(CustomerChange change) {
        changes.add(change);
        removed = true;
    }

    /** Marks all changes as stored. */
    void saved() {
        stored = customer.copy();
        changes.clear();
    }

    Customer entity() {
        return customer;
    }
}
