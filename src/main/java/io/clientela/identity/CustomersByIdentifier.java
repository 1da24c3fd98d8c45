package io.clientela.identity;

import io.clientela.customer.Identifier;
import io.clientela.customer.LockedCustomer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Locked customers by identifier; the caller puts every changed customer again. */
final class CustomersByIdentifier {
    private final Map<UUID, LockedCustomer> customers = new LinkedHashMap<>();
    private final Map<Identifier, Set<UUID>> byIdentifier = new HashMap<>();
    private final Map<UUID, Set<Identifier>> identifiersById = new HashMap<>();

    private final Set<Identifier> hidden;

    /**
     * Indexes customers.
     *
     * @param locked the customers
     * @param hidden the external ids of customers whom the caller may not know
     */
    CustomersByIdentifier(Collection<LockedCustomer> locked, Set<Identifier> hidden) {
        this.hidden = hidden;
        locked.forEach(this::put);
    }

    /** Returns whether an identifier belongs to a customer whom the caller may not know. */
    boolean isHidden(Identifier identifier) {
        return hidden.contains(identifier);
    }

    /** Adds a customer, or replaces a customer whose identifiers changed. */
    void put(LockedCustomer customer) {
        identifiersById
                .getOrDefault(customer.id(), Set.of())
                .forEach(identifier -> byIdentifier.get(identifier).remove(customer.id()));
        customers.put(customer.id(), customer);
        var all = customer.allIdentifiers();
        identifiersById.put(customer.id(), all);
        all.forEach(identifier -> byIdentifier
                .computeIfAbsent(identifier, ignored -> new LinkedHashSet<>())
                .add(customer.id()));
    }

    /** Returns the customers with any of these identifiers. */
    List<LockedCustomer> of(Collection<Identifier> identifiers) {
        Set<UUID> found = new LinkedHashSet<>();
        identifiers.forEach(identifier -> found.addAll(byIdentifier.getOrDefault(identifier, Set.of())));
        return found.stream().map(customers::get).toList();
    }

    Collection<LockedCustomer> all() {
        return customers.values();
    }
}
