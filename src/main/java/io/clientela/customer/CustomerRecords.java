package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.CallerFilter;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Creates, changes and removes customers inside the caller's transaction, and writes each change to the change logs.
 * All features write customers through this class, after {@link CustomerLocks} has locked them.
 */
@ApplicationScoped
public class CustomerRecords {
    private final Caller caller;
    private final CustomerRules rules;
    private final Identifiers identifiers;
    private final ClusterLookup clusters;
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
            CustomerSnapshots snapshots,
            CustomerNumbers numbers,
            CustomerRows rows,
            Segments segments,
            @All List<ChangeLog> logs) {
        this.caller = caller;
        this.rules = rules;
        this.identifiers = identifiers;
        this.clusters = clusters;
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
        if (!caller.reaches(input.locationId())) {
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

    /**
     * Prepares the next version of a customer of whom nothing but the totals changed, and its event, for
     * {@link #saveAll} to store.
     */
    public void prepareTotals(LockedCustomer customer, String type, ObjectNode details) {
        stage(customer, type, CustomerJson.changes(customer.before(), customer.view()), details);
    }

    /** Saves a customer under the next version and logs an event with these changes. */
    Uni<CustomerView> save(LockedCustomer locked, String type, ObjectNode changes, ObjectNode details) {
        return prepare(locked, type, changes, details)
                .chain(() -> saveAll(List.of(locked)))
                .map(written -> locked.view());
    }

    private Uni<Void> prepare(LockedCustomer locked, String type, ObjectNode changes, ObjectNode details) {
        var customer = locked.entity();
        if (!caller.reaches(customer.fields.locationId())) {
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
