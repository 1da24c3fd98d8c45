package io.clientela.activity;

import io.clientela.customer.Identifier;
import io.clientela.customer.LockedCustomer;
import io.clientela.http.problem.ProblemException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The locked customers of many rows, by what the rows name them. */
final class ItemOwners {
    private final Map<UUID, LockedCustomer> byId = new LinkedHashMap<>();
    private final Map<Identifier, Set<UUID>> byIdentifier = new HashMap<>();
    private final Map<UUID, UUID> currentIds;

    /**
     * Indexes customers.
     *
     * @param locked the customers, with their aliases
     * @param currentIds by the ids of customers that were merged, those into whom they were
     */
    ItemOwners(Collection<LockedCustomer> locked, Map<UUID, UUID> currentIds) {
        this.currentIds = currentIds;
        for (var customer : locked) {
            byId.put(customer.id(), customer);
            customer.allIdentifiers().forEach(identifier -> byIdentifier
                    .computeIfAbsent(identifier, ignored -> new HashSet<>())
                    .add(customer.id()));
        }
    }

    Collection<LockedCustomer> all() {
        return byId.values();
    }

    Set<UUID> ids() {
        return byId.keySet();
    }

    /**
     * Returns the one customer to whom an id and identifiers lead.
     *
     * @throws ProblemException 422 if there is none, or more than one
     */
    LockedCustomer of(ItemOwner owner) {
        Set<UUID> found = new HashSet<>();
        owner.identifiers().forEach(identifier -> found.addAll(byIdentifier.getOrDefault(identifier, Set.of())));
        owner.id().ifPresent(id -> found.add(requireKnown(id, owner)));
        if (found.isEmpty()) {
            throw ItemProblems.unknownCustomer(owner);
        }
        if (found.size() > 1) {
            throw ItemProblems.ambiguous(owner);
        }
        var customer = byId.get(found.iterator().next());
        if (customer.isAnonymized()) {
            throw ItemProblems.anonymized(owner);
        }
        requireSameIdentity(owner, customer);
        return customer;
    }

    private UUID requireKnown(UUID id, ItemOwner owner) {
        if (byId.containsKey(id)) {
            return id;
        }
        throw currentIds.containsKey(id)
                ? ItemProblems.merged(owner, currentIds.get(id))
                : ItemProblems.unknownCustomer(owner);
    }

    /** Whoever names the customer's id is certain of it. */
    private static void requireSameIdentity(ItemOwner owner, LockedCustomer customer) {
        var differences =
                owner.id().isPresent() ? List.<Identifier.Kind>of() : customer.differences(owner.identifiers());
        if (!differences.isEmpty()) {
            throw ItemProblems.identityConflict(owner, differences);
        }
    }
}
