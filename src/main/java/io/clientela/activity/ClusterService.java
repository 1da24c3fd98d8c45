package io.clientela.activity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.ClusterDissolution;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.AdvisoryLocks;
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

/** What can be done with clusters. Each method is one transaction, or one read without any. */
@ApplicationScoped
class ClusterService {
    private static final String JOINED = "cluster.joined";
    private static final String LEFT = "cluster.left";

    private final Caller caller;
    private final ClusterReader reader;
    private final Activity activity;
    private final CustomerRecords records;
    private final ClusterDissolution dissolution;
    private final CustomerJson json;
    private final JsonBodies bodies;

    ClusterService(
            Caller caller,
            ClusterReader reader,
            Activity activity,
            CustomerRecords records,
            ClusterDissolution dissolution,
            CustomerJson json,
            JsonBodies bodies) {
        this.caller = caller;
        this.reader = reader;
        this.activity = activity;
        this.records = records;
        this.dissolution = dissolution;
        this.json = json;
        this.bodies = bodies;
    }

    Uni<Page<ClusterView>> list(PageRequest request) {
        return reader.page(request);
    }

    /**
     * Finds a cluster.
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
        return Panache.withTransaction(() -> oneAtATime().chain(() -> {
            var cluster = Cluster.of(caller.tenant());
            return refuseTaken(cluster, input)
                    .invoke(() -> cluster.write(input))
                    .chain(() -> cluster.persist())
                    .map(written -> cluster.view());
        }));
    }

    /**
     * Changes a cluster by JSON Merge Patch (RFC 7396).
     *
     * @throws ProblemException 404, 409 {@code duplicate_cluster}, 422
     */
    Uni<ClusterView> update(UUID id, ObjectNode patch) {
        return Panache.withTransaction(() -> oneAtATime()
                .chain(() -> Cluster.lockById(caller.tenant(), id))
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .chain(cluster -> {
                    var before = json.tree(cluster.view());
                    var after = MergePatch.apply(before.deepCopy().retain(ClusterInput.FIELDS), patch);
                    var input = bodies.read(after, ClusterInput.class, ClusterService::violations)
                            .value();
                    return refuseTaken(cluster, input)
                            .invoke(() -> change(cluster, before, input))
                            .map(free -> cluster.view());
                }));
    }

    private void change(Cluster cluster, ObjectNode before, ClusterInput input) {
        cluster.write(input);
        if (!json.changes(before, json.tree(cluster.view())).isEmpty()) {
            cluster.updatedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** What is wrong with a whole cluster. */
    static List<FieldError> violations(ClusterInput input) {
        return input.name() == null
                ? List.of(new FieldError("/name", "required", "is required"))
                : validatePatch(input);
    }

    /** What is wrong with what a patch gives. */
    static List<FieldError> validatePatch(ClusterInput input) {
        return input.name() != null && input.name().isBlank()
                ? List.of(new FieldError("/name", "blank", "must not be blank"))
                : List.of();
    }

    /**
     * Deletes a cluster; its customers stay, and their histories say that they left it.
     *
     * @throws ProblemException 404
     */
    Uni<Void> delete(UUID id) {
        return Panache.withTransaction(() -> oneAtATime()
                .chain(() -> Cluster.<Cluster>findById(new ItemKey(caller.tenant(), id)))
                .invoke(cluster -> requireFound(cluster != null))
                .chain(cluster -> dissolution.dissolve(id, LEFT, details(id)))
                .chain(() -> Cluster.delete("id", id))
                .replaceWithVoid());
    }

    /**
     * Makes a customer a member; one who is one stays one.
     *
     * @throws ProblemException 404 for either
     */
    Uni<Void> join(UUID id, UUID customerId) {
        return Panache.withTransaction(() -> records.lock(customerId, null).chain(customer -> reader.lockForShare(id)
                .invoke(ClusterService::requireFound)
                .chain(() -> activity.addClusters(customerId, List.of(id)))
                .chain(added -> added.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : records.save(customer, JOINED, details(id)).replaceWithVoid())));
    }

    /**
     * Takes a customer out of a cluster, be it the main one; one who is not in it stays out.
     *
     * @throws ProblemException 404 for either
     */
    Uni<Void> leave(UUID id, UUID customerId) {
        return Panache.withTransaction(() -> records.lock(customerId, null).chain(customer -> reader.lockForShare(id)
                .invoke(ClusterService::requireFound)
                .chain(() -> activity.removeClusters(customerId, List.of(id)))
                .chain(ended -> ended > 0 || isMain(customer, id)
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
        return id.equals(customer.view().clusterId());
    }

    private static void requireFound(boolean known) {
        if (!known) {
            throw ProblemException.notFound();
        }
    }

    /** Clusters are few and seldom written: so no two of a tenant get one name at once, and none is deleted twice. */
    private Uni<Void> oneAtATime() {
        return AdvisoryLocks.acquire(List.of("clusters\n" + caller.tenant()));
    }

    private static Uni<Void> refuseTaken(Cluster cluster, ClusterInput input) {
        return cluster.otherOf(input)
                .invoke(other -> other.ifPresent(id -> {
                    throw new ProblemException(ProblemCode.DUPLICATE_CLUSTER, "Another cluster has this name.")
                            .with("cluster_id", id.toString());
                }))
                .replaceWithVoid();
    }

    private ObjectNode details(UUID id) {
        return json.emptyObject().put("cluster_id", id.toString());
    }
}
