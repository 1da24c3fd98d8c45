package io.clientela.merge;

import io.clientela.tenancy.TenantOwned;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.LockModeType;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A merge of customers into another one, with all that reading and undoing it needs. */
@Entity
@IdClass(Merge.Key.class)
class Merge extends TenantOwned {
    /**
     * The primary key of a merge.
     *
     * @param tenantId the tenant
     * @param id the merge's id
     */
    record Key(String tenantId, UUID id) implements Serializable {}

    @Id
    UUID id;

    UUID targetId;
    long targetVersion;
    String[] sourceIds;
    long movedAddresses;
    long movedCalls;
    long movedOrders;
    String changes;
    String[] addedClusters;
    Instant mergedAt;
    String mergedBy;
    Instant undoneAt;
    String undoneBy;

    /** When what an undo needs was deleted, because the merge is older than it is kept; null while it is kept. */
    Instant expiredAt;

    /** Locks a merge, so that what it stores is not deleted meanwhile. */
    static Uni<Optional<Merge>> lock(String tenant, UUID id) {
        return Merge.<Merge>findById(new Key(tenant, id), LockModeType.PESSIMISTIC_WRITE)
                .map(Optional::ofNullable);
    }

    /** Returns a range of the merges into a customer, newest first. */
    static Uni<List<Merge>> into(UUID target, long beforeVersion, int first, int last) {
        return Merge.<Merge>find(
                        "from Merge m where m.targetId = :target and m.targetVersion < :before"
                                + " order by m.targetVersion desc",
                        Map.of("target", target, "before", beforeVersion))
                .range(first, last)
                .list();
    }

    /** Returns the number of merges into a customer. */
    static Uni<Long> countInto(UUID target) {
        return count("targetId", target);
    }

    /** Returns the later merges into the same target that are not undone. */
    Uni<List<Merge>> laterMerges() {
        return Merge.list(
                "targetId = ?1 and targetVersion > ?2 and undoneAt is null order by targetVersion desc",
                targetId,
                targetVersion);
    }

    List<UUID> sources() {
        return Stream.of(sourceIds).map(UUID::fromString).toList();
    }

    List<UUID> clustersAdded() {
        return Stream.of(addedClusters).map(UUID::fromString).toList();
    }

    MergeView view() {
        return new MergeView(
                id,
                targetId,
                sources(),
                mergedAt,
                mergedBy,
                undoneAt,
                undoneBy,
                new MergeView.MoveCounts(movedAddresses, movedCalls, movedOrders));
    }
}
