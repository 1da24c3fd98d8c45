package io.clientela.activity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.ClusterDissolution;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerLocks;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.AdvisoryLocks;
import io.clientela.database.Database;
import io.clientela.history.History;
import io.clientela.history.Subject;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.MergePatch;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The use cases of clusters. Each method is one transaction, or one read without a transaction. */
@ApplicationScoped
class ClusterService {
    private static final String JOINED = "cluster.joined";
    private static final String LEFT = "cluster.left";
    private static final String CREATED = "cluster.created";
    private static final String UPDATED = "cluster.updated";
    private static final String DELETED = "cluster.deleted";
    private static final int MAX_DELETE_ATTEMPTS = 10;

    private final Database database;
    private final Caller caller;
    private final ClusterReader reader;
    private final Activity activity;
    private final CustomerLocks locks;
    private final CustomerRecords records;
    private final ClusterDissolution dissolution;
    private final History history;
    private final CustomerJson json;
    private final JsonBodies bodies;

    ClusterService(
            Database database,
            Caller caller,
            ClusterReader reader,
            Activity activity,
            CustomerLocks locks,
            CustomerRecords records,
            ClusterDissolution dissolution,
            History history,
            CustomerJson json,
            JsonBodies bodies) {
        this.database = database;
        this.caller = caller;
        this.reader = reader;
        this.activity = activity;
        this.locks = locks;
        this.records = records;
        this.dissolution = dissolution;
        this.history = history;
        this.json = json;
        this.bodies = bodies;
    }

    Uni<Page<ClusterView>> list(PageRequest request) {
        return reader.page(request);
    }

    /**
     * Returns a cluster.
     *
     * @throws ProblemException 404
     */
    Uni<ClusterView> get(UUID id) {
        return reader.byId(id).map(found -> found.orElseThrow(ProblemException::notFound));
    }

    /**
     * Creates a cluster.
     *
     * @throws ProblemException 409 {@code duplicate_cluster}
     */
    Uni<ClusterView> create(ClusterInput input) {
        return database.transaction(() -> lockClusters().chain(() -> {
            var cluster = Cluster.of(caller.tenant());
            return requireUniqueName(cluster, input)
                    .invoke(() -> cluster.write(input))
                    .chain(() -> cluster.persist())
                    .chain(() -> record(CREATED, cluster, changes(CustomerJson.emptyObject(), cluster)))
                    .map(written -> cluster.view());
        }));
    }

    /**
     * Changes a cluster by JSON Merge Patch (RFC 7396).
     *
     * @throws ProblemException 404, 409 {@code duplicate_cluster}, 422
     */
    Uni<ClusterView> update(UUID id, ObjectNode patch) {
        return database.transaction(() -> lockClusters()
                .chain(() -> Cluster.lockById(caller.tenant(), id))
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .chain(cluster -> {
                    var before = json.tree(cluster.view());
                    var after = MergePatch.apply(before.deepCopy().retain(ClusterInput.FIELDS), patch);
                    var input = bodies.read(after, ClusterInput.class, ClusterService::violations)
                            .value();
                    return requireUniqueName(cluster, input)
                            .chain(() -> write(cluster, before, input))
                            .map(written -> cluster.view());
                }));
    }

    private Uni<Void> write(Cluster cluster, ObjectNode before, ClusterInput input) {
        cluster.write(input);
        var changes = changes(before, cluster);
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        cluster.updatedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return record(UPDATED, cluster, changes);
    }

    /** Returns the old and new value of each changed field that callers write. */
    private ObjectNode changes(ObjectNode before, Cluster cluster) {
        return CustomerJson.changes(before, json.tree(cluster.view())).retain(ClusterInput.FIELDS);
    }

    private Uni<Void> record(String type, Cluster cluster, ObjectNode changes) {
        return history.record(Subject.of(Subject.CLUSTER, cluster.id), type, changes, CustomerJson.emptyObject());
    }

    /** Returns the errors of a whole cluster. */
    static List<FieldError> violations(ClusterInput input) {
        return input.name() == null ? List.of(FieldError.required("/name")) : validatePatch(input);
    }

    /** Returns the errors of the present fields. */
    static List<FieldError> validatePatch(ClusterInput input) {
        return input.name() != null && input.name().isBlank()
                ? List.of(FieldError.blank("/name", "must not be blank; send a name"))
                : List.of();
    }

    /**
     * Deletes a cluster and its memberships, with a history entry for each of its customers. Customers who join at the
     * same time do so before, and then get such an entry, too, or find no cluster.
     *
     * @throws ProblemException 404, 503 if others go on joining
     */
    Uni<Void> delete(UUID id) {
        return delete(id, MAX_DELETE_ATTEMPTS);
    }

    private Uni<Void> delete(UUID id, int attempts) {
        if (attempts == 0) {
            throw ProblemException.unavailable("Customers are joining the cluster. Nothing was changed. Retry later.");
        }
        return database.transaction(() -> lockClusters()
                        .chain(() -> Cluster.<Cluster>findById(new ItemKey(caller.tenant(), id)))
                        .invoke(cluster -> requireFound(cluster != null))
                        .chain(cluster -> dissolution.dissolve(id, LEFT, details(id)))
                        .call(dissolved -> dissolved ? deleteRow(id) : rollBack()))
                .chain(dissolved -> dissolved ? Uni.createFrom().voidItem() : delete(id, attempts - 1));
    }

    private Uni<Void> deleteRow(UUID id) {
        return Cluster.delete("id", id)
                .chain(() -> history.record(Subject.of(Subject.CLUSTER, id), DELETED, CustomerJson.emptyObject()));
    }

    private static Uni<Void> rollBack() {
        return Panache.currentTransaction()
                .invoke(Mutiny.Transaction::markForRollback)
                .replaceWithVoid();
    }

    /**
     * Adds a customer to a cluster; has no effect on a member.
     *
     * @throws ProblemException 404 if the customer or the cluster does not exist, 409 {@code merged}
     */
    Uni<Void> join(UUID id, UUID customerId) {
        return database.transaction(() -> locks.lock(customerId, null).chain(customer -> reader.lockForShare(id)
                .invoke(ClusterService::requireFound)
                .chain(() -> activity.addClusters(customerId, List.of(id)))
                .chain(added -> added.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : records.save(customer, JOINED, details(id)).replaceWithVoid())));
    }

    /**
     * Removes a customer from a cluster, and clears the main cluster if it is this one; has no effect on others.
     *
     * @throws ProblemException 404 if the customer or the cluster does not exist, 409 {@code merged}
     */
    Uni<Void> leave(UUID id, UUID customerId) {
        return database.transaction(() -> locks.lock(customerId, null).chain(customer -> reader.lockForShare(id)
                .invoke(ClusterService::requireFound)
                .chain(() -> activity.removeClusters(customerId, List.of(id)))
                .chain(removed -> removed > 0 || isMain(customer, id)
                        ? saveLeft(customer, id)
                        : Uni.createFrom().voidItem())));
    }

    private Uni<Void> saveLeft(LockedCustomer customer, UUID id) {
        if (isMain(customer, id)) {
            customer.setCluster(null);
        }
        return records.save(customer, LEFT, details(id)).replaceWithVoid();
    }

    private static boolean isMain(LockedCustomer customer, UUID id) {
        return id.equals(customer.view().fields().clusterId());
    }

    private static void requireFound(boolean exists) {
        if (!exists) {
            throw ProblemException.notFound();
        }
    }

    /**
     * Serialises the writes of a tenant's clusters, which are rare: names stay unique, and a cluster is deleted once.
     */
    private Uni<Void> lockClusters() {
        return AdvisoryLocks.acquire(caller.tenant(), "clusters", List.of(""));
    }

    private static Uni<Void> requireUniqueName(Cluster cluster, ClusterInput input) {
        return cluster.findOtherWithName(input)
                .invoke(other -> other.ifPresent(id -> {
                    throw new ProblemException(
                                    ProblemCode.DUPLICATE_CLUSTER,
                                    "Another cluster has this name. Choose another name or use that cluster.")
                            .with("cluster_id", id.toString());
                }))
                .replaceWithVoid();
    }

    private ObjectNode details(UUID id) {
        return CustomerJson.emptyObject().put("cluster_id", id.toString());
    }
}
