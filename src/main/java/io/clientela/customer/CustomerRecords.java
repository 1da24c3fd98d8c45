package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.TenantStatement;
import io.clientela.http.ETags;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.CallerFilter;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Creates, locks, changes and removes customers inside the caller's transaction, and writes each change to the change
 * logs. All features write customers through this class.
 */
@ApplicationScoped
public class CustomerRecords {
    private final Caller caller;
    private final CustomerRules rules;
    private final Identifiers identifiers;
    private final ClusterLookup clusters;
    private final MergeRedirects redirects;
    private final CustomerSnapshots snapshots;
    private final CustomerNumbers numbers;
    private final CustomerRows rows;
    private final Segments segments;
    private final List<ChangeLog> logs;

    CustomerRecords(
            Caller caller,
            CustomerRules rules,
            Identifiers identifiers,
            ClusterLookup clusters,
            MergeRedirects redirects,
            CustomerSnapshots snapshots,
            CustomerNumbers numbers,
            CustomerRows rows,
            Segments segments,
            @All List<ChangeLog> logs) {
        this.caller = caller;
        this.rules = rules;
        this.identifiers = identifiers;
        this.clusters = clusters;
        this.redirects = redirects;
        this.snapshots = snapshots;
        this.numbers = numbers;
        this.rows = rows;
        this.segments = segments;
        this.logs = logs;
    }

    /**
     * Creates a customer. The caller must hold the locks of the identifiers, and must have checked that the external id
     * is unique.
     *
     * @param input the validated fields
     * @throws ProblemException 403 if the location is not the caller's, 422 for an unknown cluster
     */
    public Uni<CustomerView> create(CustomerFields input) {
        return numbers.reserve(1).chain(reserved -> {
            var customer = prepare(input, reserved.pop());
            return requireCluster(null, input.clusterId())
                    .chain(() -> saveAll(List.of(customer)))
                    .map(written -> customer.view());
        });
    }

    /** Reserves numbers for {@link #prepare}. */
    public Uni<Deque<Long>> reserveNumbers(int count) {
        return numbers.reserve(count);
    }

    /** Returns numbers that no customer was given. */
    public void releaseNumbers(Collection<Long> unused) {
        numbers.release(unused);
    }

    /**
     * Prepares a new customer, which {@link #saveAll} stores.
     *
     * @param input the validated fields
     * @throws ProblemException 403 if the location is not the caller's
     */
    public LockedCustomer prepare(CustomerFields input, long number) {
        var customer = Customer.of(caller.tenant(), number);
        customer.write(rules.completed(withCallerLocation(input)), identifiers);
        var prepared = LockedCustomer.created(customer, segments.now());
        var changes = CustomerJson.changes(null, prepared.view());
        prepared.changed(change(CustomerChange.CREATED, customer, changes, CustomerJson.emptyObject()));
        return prepared;
    }

    /**
     * Changes a customer in memory, for {@link #saveAll} to store. Without changes nothing is stored.
     *
     * @throws ProblemException 403 if the location is not the caller's; the customer is then unchanged
     * @return whether anything changed
     */
    public boolean prepare(LockedCustomer customer, CustomerFields input) {
        if (!isVisible(input.locationId())) {
            throw CallerFilter.outside();
        }
        write(customer, input);
        var changes = CustomerJson.changes(customer.before(), customer.view());
        if (changes.isEmpty()) {
            return false;
        }
        stage(customer, CustomerChange.typeOf(changes), changes, CustomerJson.emptyObject());
        return true;
    }

    /** Stores the prepared customers and their changes, by one statement for each table, in one round trip. */
    public Uni<Void> saveAll(Collection<LockedCustomer> customers) {
        var changed = customers.stream()
                .filter(customer -> !customer.changes().isEmpty())
                .toList();
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var changes = changed.stream()
                .flatMap(customer -> customer.changes().stream())
                .toList();
        return write(rows.save(changed), changes).invoke(() -> changed.forEach(LockedCustomer::saved));
    }

    /** Logs changes whose rows are written. */
    Uni<Void> log(List<CustomerChange> changes) {
        return changes.isEmpty() ? Uni.createFrom().voidItem() : write(List.of(), changes);
    }

    /** Sends the statements that write rows, and those that log the changes. */
    private Uni<Void> write(List<Uni<Void>> rowStatements, List<CustomerChange> changes) {
        List<Uni<Void>> statements = new ArrayList<>(rowStatements);
        logs.forEach(log -> statements.add(log.write(changes)));
        return TenantStatement.pipelined(statements);
    }

    /** Locks these clusters against deletion and returns those that exist in the tenant. */
    public Uni<Set<UUID>> lockClusters(Collection<UUID> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(Set.of()) : clusters.lockForShare(ids);
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

    /**
     * Restores customers from their snapshots and locks them. Their rows get external ids and main clusters by the next
     * {@link #save}.
     */
    public Uni<List<LockedCustomer>> restore(Map<UUID, String> snapshotsById) {
        return snapshots
                .restore(List.copyOf(snapshotsById.values()))
                .chain(() -> Customer.load(snapshotsById.keySet()))
                .map(customers -> customers.stream()
                        .map(customer -> LockedCustomer.restored(
                                customer, CustomerSnapshots.row(snapshotsById.get(customer.id)), segments.now()))
                        .toList());
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
        return lockAllWithAnonymized(ids).invoke(CustomerRecords::requireWritable);
    }

    /** Locks customers like {@link #lockAll}, also those whose personal data was erased. */
    public Uni<List<LockedCustomer>> lockAllWithAnonymized(Collection<UUID> ids) {
        return Uni.combine()
                .all()
                .unis(Customer.lockByIds(caller.tenant(), ids), CustomerAliases.of(caller.tenant(), ids))
                .with((customers, aliases) -> locked(customers, aliases));
    }

    /**
     * Locks the customers to whom these identifiers lead, for {@link #prepare} and {@link #saveAll}; returns them with
     * their aliases. No identifier leads to a customer whose personal data was erased, unless that happened while this
     * waited for the lock.
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

    /** Sets all writable fields of a customer and derives the match keys. */
    public void write(LockedCustomer customer, CustomerFields input) {
        customer.entity().write(input, identifiers);
    }

    /**
     * Saves a customer under the next version and logs the change. Without changes nothing is written.
     *
     * @param type returns the event type for the changed fields
     */
    public Uni<CustomerView> save(LockedCustomer customer, Function<ObjectNode, String> type) {
        var changes = CustomerJson.changes(customer.before(), customer.view());
        return changes.isEmpty()
                ? Uni.createFrom().item(customer.view())
                : save(customer, type.apply(changes), changes, CustomerJson.emptyObject());
    }

    /**
     * Saves a customer under the next version and logs an event, also without changed fields.
     *
     * @param details the event's related data
     */
    public Uni<CustomerView> save(LockedCustomer customer, String type, ObjectNode details) {
        return save(customer, type, CustomerJson.changes(customer.before(), customer.view()), details);
    }

    /** Prepares the next version of a customer and its event, for {@link #saveAll} to store. */
    public Uni<Void> prepare(LockedCustomer customer, String type, ObjectNode details) {
        return prepare(customer, type, CustomerJson.changes(customer.before(), customer.view()), details);
    }

    /** Saves a customer under the next version and logs an event with these changes. */
    Uni<CustomerView> save(LockedCustomer locked, String type, ObjectNode changes, ObjectNode details) {
        return prepare(locked, type, changes, details)
                .chain(() -> saveAll(List.of(locked)))
                .map(written -> locked.view());
    }

    private Uni<Void> prepare(LockedCustomer locked, String type, ObjectNode changes, ObjectNode details) {
        var customer = locked.entity();
        if (!isVisible(customer)) {
            throw CallerFilter.outside();
        }
        return requireCluster(locked.before().fields().clusterId(), customer.fields.clusterId())
                .invoke(() -> stage(locked, type, changes, details));
    }

    private static void stage(LockedCustomer locked, String type, ObjectNode changes, ObjectNode details) {
        locked.entity().nextVersion();
        locked.changed(change(type, locked.entity(), changes, details));
    }

    private static CustomerChange change(String type, Customer customer, ObjectNode changes, ObjectNode details) {
        return new CustomerChange(type, customer.id, customer.version, customer.state.updatedAt(), changes, details);
    }

    /**
     * Prepares the removal of a customer's row and its event, for {@link #saveAll} to store.
     *
     * @param changes nothing, or the old value of every field
     */
    public void prepareRemoval(LockedCustomer customer, String type, ObjectNode changes, ObjectNode details) {
        var entity = customer.entity();
        entity.nextVersion();
        customer.removed(change(type, entity, changes, details));
    }

    private Uni<Void> requireCluster(UUID oldId, UUID newId) {
        if (newId == null || newId.equals(oldId)) {
            return Uni.createFrom().voidItem();
        }
        return clusters.lockForShare(newId)
                .invoke(exists -> {
                    if (!exists) {
                        throw CustomerProblems.unknownCluster();
                    }
                })
                .replaceWithVoid();
    }

    private boolean isVisible(Customer customer) {
        return isVisible(customer.fields.locationId());
    }

    private boolean isVisible(String location) {
        var confinement = caller.confinement();
        return confinement.isEmpty() || confinement.get().equals(location);
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

    private CustomerFields withCallerLocation(CustomerFields input) {
        Optional<String> confined = caller.location();
        if (confined.isEmpty()) {
            return input;
        }
        if (input.locationId() != null && !input.locationId().equals(confined.get())) {
            throw CallerFilter.outside();
        }
        return input.withLocationId(confined.get());
    }
}
