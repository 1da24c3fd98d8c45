package io.clientela.customer;

import io.clientela.http.ETags;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds customers and locks them for a write, inside the caller's transaction, and says what their identifiers lead to.
 * {@link CustomerRecords} writes what was locked.
 */
@ApplicationScoped
public class CustomerLocks {
    private final Caller caller;
    private final MergeRedirects redirects;
    private final Segments segments;

    CustomerLocks(Caller caller, MergeRedirects redirects, Segments segments) {
        this.caller = caller;
        this.redirects = redirects;
        this.segments = segments;
    }

    /**
     * Locks a customer for a write. Its aliases are not loaded.
     *
     * @param ifMatch the {@code If-Match} header, or null
     * @throws ProblemException 404, 409 {@code merged} with the current customer's id or {@code customer_anonymized},
     *     412
     */
    public Uni<LockedCustomer> lock(UUID id, String ifMatch) {
        return lockWithAnonymized(id, ifMatch).invoke(locked -> requireWritable(List.of(locked)));
    }

    /** Locks a customer like {@link #lock}, also one whose personal data was erased. */
    Uni<LockedCustomer> lockWithAnonymized(UUID id, String ifMatch) {
        return Customer.lockById(caller.tenant(), id)
                .map(found -> found.filter(this::isVisible))
                .chain(found -> found.map(customer ->
                                Uni.createFrom().item(new LockedCustomer(customer, Set.of(), segments.now())))
                        .orElseGet(() -> redirects.currentId(id).chain(current -> lockRestored(id, ifMatch, current))))
                .invoke(locked -> ETags.requireMatch(ifMatch, locked.entity().version));
    }

    /** An undo may have restored the customer between the two statements. */
    private Uni<LockedCustomer> lockRestored(UUID id, String ifMatch, Optional<UUID> current) {
        if (current.equals(Optional.of(id))) {
            return lockWithAnonymized(id, ifMatch);
        }
        throw current.map(CustomerProblems::merged).orElseGet(ProblemException::notFound);
    }

    /** Returns the identifiers and aliases of these customers. Lock them before the customers' rows (ADR 3). */
    public Uni<Set<Identifier>> identifiersOf(Collection<UUID> ids) {
        return Uni.combine()
                .all()
                .unis(Customer.identifiersOf(caller.tenant(), ids), CustomerAliases.of(caller.tenant(), ids))
                .with((own, aliases) -> {
                    Set<Identifier> all = new HashSet<>(own);
                    aliases.values().forEach(all::addAll);
                    return all;
                });
    }

    /**
     * Requires that none of these identifiers, which must be locked, leads to another customer of the tenant. At other
     * locations than the caller's, only the external id counts: it is unique in the tenant.
     *
     * @param except the customer who is to have them; empty for a new one
     * @throws ProblemException 409 {@code duplicate_customer} with the ids of the others, as far as the caller may know
     */
    Uni<Void> requireUnique(Collection<Identifier> requested, Optional<UUID> except) {
        if (requested.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Customer.owners(caller.tenant(), caller.confinement(), requested)
                .map(ids -> ids.stream()
                        .filter(id -> !except.equals(Optional.of(id)))
                        .toList())
                .invoke(others -> {
                    if (!others.isEmpty()) {
                        throw CustomerProblems.duplicate(others);
                    }
                })
                .chain(() -> hiddenExternalIds(requested))
                .invoke(hidden -> {
                    if (!hidden.isEmpty()) {
                        throw CustomerProblems.duplicate(List.of());
                    }
                })
                .replaceWithVoid();
    }

    /** Returns those of these external ids that belong to customers of other locations than the caller's. */
    public Uni<Set<Identifier>> hiddenExternalIds(Collection<Identifier> requested) {
        return caller.confinement()
                .map(location -> Customer.externalIdsOutside(caller.tenant(), location, requested))
                .orElse(Uni.createFrom().item(Set.of()));
    }

    /** Returns whether any of these identifiers, whose locks the caller must hold, leads to another customer. */
    public Uni<Boolean> existElsewhere(Collection<Identifier> requested, UUID except) {
        return Customer.owners(caller.tenant(), Optional.empty(), requested)
                .map(owners -> owners.stream().anyMatch(owner -> !owner.equals(except)));
    }

    /** Returns those of these customers that exist, in the order of their ids, read on the session's connection. */
    public Uni<List<CustomerView>> find(Collection<UUID> ids) {
        var asOf = segments.now();
        return Customer.load(ids).map(found -> found.stream()
                .filter(this::isVisible)
                .map(customer -> customer.view(asOf))
                .toList());
    }

    /**
     * Locks these customers for a write, in the order of their ids, and returns those that exist, with their aliases.
     *
     * @throws ProblemException 409 {@code customer_anonymized}
     */
    public Uni<List<LockedCustomer>> lockAll(Collection<UUID> ids) {
        return lockAllWithAnonymized(ids).invoke(CustomerLocks::requireWritable);
    }

    /** Locks customers like {@link #lockAll}, also those whose personal data was erased. */
    public Uni<List<LockedCustomer>> lockAllWithAnonymized(Collection<UUID> ids) {
        return Uni.combine()
                .all()
                .unis(Customer.lockByIds(caller.tenant(), ids), CustomerAliases.of(caller.tenant(), ids))
                .with((customers, aliases) -> locked(customers, aliases));
    }

    /**
     * Locks the customers to whom these identifiers lead, for {@link CustomerRecords#saveAll}; returns them with their
     * aliases. No identifier leads to a customer whose personal data was erased, unless that happened while this waited
     * for the lock.
     */
    public Uni<List<LockedCustomer>> lockOwners(Collection<Identifier> requested) {
        return requested.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Customer.lockOwners(caller.tenant(), caller.confinement(), requested)
                        .chain(this::locked)
                        .map(locked -> locked.stream()
                                .filter(customer -> !customer.isAnonymized())
                                .toList());
    }

    /**
     * Locks these customers and those to whom these identifiers lead, in the order of all their ids, and returns those
     * that exist, with their aliases; of these ids also those whose personal data was erased. The caller must hold the
     * locks of the identifiers. Of an identifier that many share, some are left out.
     */
    public Uni<List<LockedCustomer>> lockAllWithAnonymized(Collection<UUID> ids, Collection<Identifier> requested) {
        if (requested.isEmpty()) {
            return lockAllWithAnonymized(ids);
        }
        return Customer.owners(caller.tenant(), caller.confinement(), requested).chain(owners -> {
            Set<UUID> all = new HashSet<>(ids);
            all.addAll(owners);
            return lockAllWithAnonymized(all);
        });
    }

    /**
     * Returns the customers into whom these were merged, by their ids, as far as they exist and the caller sees them.
     */
    public Uni<Map<UUID, UUID>> currentIds(Collection<UUID> ids) {
        return redirects.currentIds(ids);
    }

    /** Nothing is known of an anonymised customer, so that nothing can be true or false of it any more. */
    private static void requireWritable(List<LockedCustomer> locked) {
        var anonymized = locked.stream()
                .filter(LockedCustomer::isAnonymized)
                .map(LockedCustomer::id)
                .toList();
        if (!anonymized.isEmpty()) {
            throw CustomerProblems.anonymized(anonymized);
        }
    }

    private Uni<List<LockedCustomer>> locked(List<Customer> customers) {
        var ids = customers.stream().map(customer -> customer.id).toList();
        return CustomerAliases.of(caller.tenant(), ids).map(aliases -> locked(customers, aliases));
    }

    private List<LockedCustomer> locked(List<Customer> customers, Map<UUID, Set<Identifier>> aliases) {
        var asOf = segments.now();
        return customers.stream()
                .filter(this::isVisible)
                .map(customer -> new LockedCustomer(customer, aliases.getOrDefault(customer.id, Set.of()), asOf))
                .toList();
    }

    private boolean isVisible(Customer customer) {
        return caller.reaches(customer.fields.locationId());
    }
}
