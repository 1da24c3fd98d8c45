package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.activity.Activity;
import io.clientela.customer.ClusterLookup;
import io.clientela.customer.CustomerChange;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerPatch;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.CustomerSnapshots;
import io.clientela.customer.Identifier;
import io.clientela.customer.IdentifierLocks;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Undoes a merge, in one transaction: restores the sources with their addresses, calls and orders, and reverts what the
 * merge changed at the target, except for fields edited since. Merges into a target are undone in reverse order.
 */
@ApplicationScoped
class UndoService {
    private static final String CLUSTER = "cluster_id";

    private static final String SNAPSHOTS_AND_CHANGES = """
            SELECT s.snapshot, m.changes FROM merge m
            JOIN merged_customer s ON s.tenant_id = m.tenant_id AND s.merge_id = m.id
            WHERE m.tenant_id = $1 AND m.id = $2""";

    private final Database database;
    private final Caller caller;
    private final CustomerRecords records;
    private final CustomerPatch patches;
    private final Activity activity;
    private final ClusterLookup clusters;
    private final MergedCustomers merged;
    private final MergeParticipants participants;
    private final MergeWriter writer;
    private final UndoConditions conditions;
    private final MergeAliases aliases;

    UndoService(
            Database database,
            Caller caller,
            CustomerRecords records,
            CustomerPatch patches,
            Activity activity,
            ClusterLookup clusters,
            MergedCustomers merged,
            MergeParticipants participants,
            MergeWriter writer,
            UndoConditions conditions,
            MergeAliases aliases) {
        this.database = database;
        this.caller = caller;
        this.records = records;
        this.patches = patches;
        this.activity = activity;
        this.clusters = clusters;
        this.merged = merged;
        this.participants = participants;
        this.writer = writer;
        this.conditions = conditions;
        this.aliases = aliases;
    }

    /**
     * Undoes a merge.
     *
     * @throws ProblemException 404, or 409 {@code undo_refused} with the reason
     */
    Uni<MergeView> undo(UUID mergeId) {
        return database.transaction(() -> targetOf(mergeId)
                .chain(target -> lockIdentifiers(mergeId, target).chain(identifiers -> records.lockAll(List.of(target))
                        .call(locked -> participants.lockNewIdentifiers(locked, identifiers))))
                .chain(locked -> load(mergeId, locked.stream().findFirst()))
                .call(conditions::requireRestorable)
                .call(this::restore)
                .map(undo -> undo.merge().view()));
    }

    /** Reads by SQL, because an entity loaded before the target is locked could be stale. */
    private Uni<UUID> targetOf(UUID mergeId) {
        return TenantStatement.query(
                        caller.tenant(), "SELECT target_id FROM merge WHERE tenant_id = $1 AND id = $2", mergeId)
                .map(rows ->
                        rows.stream().map(row -> (UUID) row[0]).findFirst().orElseThrow(ProblemException::notFound));
    }

    /**
     * Locks the identifiers of the sources, the target and its aliases, and those that the merge removed from the
     * target. A concurrent upsert with one of them waits until the undo has restored its owner.
     *
     * @return the locked identifiers; the target may gain others until its row is locked
     */
    private Uni<Set<Identifier>> lockIdentifiers(UUID mergeId, UUID target) {
        return TenantStatement.query(caller.tenant(), SNAPSHOTS_AND_CHANGES, mergeId)
                .chain(rows -> records.identifiersOf(List.of(target)).chain(ofTarget -> {
                    Set<Identifier> identifiers = new HashSet<>(ofTarget);
                    rows.forEach(row -> {
                        identifiers.addAll(CustomerSnapshots.identifiers((String) row[0]));
                        identifiers.addAll(
                                patches.identifiers(CustomerJson.before(CustomerJson.parse((String) row[1]))));
                    });
                    return IdentifierLocks.acquire(caller.tenant(), identifiers).replaceWith(identifiers);
                }));
    }

    private Uni<Undo> load(UUID mergeId, Optional<LockedCustomer> target) {
        if (target.isEmpty() && caller.confinement().isPresent()) {
            return Uni.createFrom().failure(ProblemException.notFound());
        }
        return Merge.find(caller.tenant(), mergeId)
                .map(Optional::orElseThrow)
                .call(merge -> conditions.requireLatest(merge, target))
                .chain(merge -> MergedCustomer.of(mergeId)
                        .map(mergedSources -> new Undo(
                                merge, target.orElseThrow(), mergedSources, CustomerJson.parse(merge.changes))));
    }

    private Uni<Void> restore(Undo undo) {
        var rows = undo.mergedSources().stream()
                .collect(Collectors.toMap(
                        mergedSource -> mergedSource.id,
                        mergedSource -> mergedSource.snapshot,
                        (a, b) -> a,
                        LinkedHashMap::new));
        return inSequence(undo.mergedSources(), mergedSource -> merged.mergedIds(mergedSource.id)
                        .map(ids -> Map.entry(mergedSource.id, ids)))
                .chain(mergedIds -> records.restore(rows)
                        .chain(sources -> MergedCustomer.deleteByMergeId(undo.merge().id)
                                .chain(() -> aliases.remove(undo.merge()))
                                .chain(() -> moveBack(undo, mergedIds))
                                .chain(() -> saveTarget(undo))
                                .chain(() -> inSequence(
                                        undo.mergedSources(),
                                        mergedSource -> saveSource(
                                                undo, mergedSource, MergeParticipants.find(sources, mergedSource.id))))
                                .chain(() -> participants.moveLoginBack(undo))))
                .replaceWithVoid();
    }

    private Uni<Void> moveBack(Undo undo, List<Map.Entry<UUID, List<UUID>>> mergedIds) {
        return inSequence(mergedIds, entry -> aliases.moveBack(undo.merge(), entry.getKey(), entry.getValue())
                        .chain(() -> activity.moveBack(undo.target().id(), entry.getKey(), entry.getValue())))
                .replaceWithVoid();
    }

    /** Reverts the target before the sources are saved, so that its external id is free for them. */
    private Uni<Void> saveTarget(Undo undo) {
        var target = undo.target();
        var merge = undo.merge();
        return activity.removeClusters(target.id(), merge.clustersAdded())
                .chain(() -> reverted(undo))
                .chain(reverted -> activity.count(target.id()).invoke(totals -> writer.write(target, reverted, totals)))
                .chain(() -> records.save(target, CustomerChange.MERGE_UNDONE, details(merge, "source_ids")))
                .invoke(view -> {
                    merge.undoneAt = view.state().updatedAt();
                    merge.undoneBy = caller.actor().orElse(null);
                })
                .replaceWithVoid();
    }

    /** Returns the target after the undo, without a main cluster that was deleted since the merge. */
    private Uni<ObjectNode> reverted(Undo undo) {
        var reverted = undo.reverted();
        var cluster = reverted.path(CLUSTER).textValue();
        boolean changes = !Optional.ofNullable(cluster)
                .map(UUID::fromString)
                .equals(undo.target().mainCluster());
        return cluster == null || !changes
                ? Uni.createFrom().item(reverted)
                : clusters.lockForShare(UUID.fromString(cluster))
                        .map(exists -> exists ? reverted : reverted.putNull(CLUSTER));
    }

    private Uni<Void> saveSource(Undo undo, MergedCustomer mergedSource, LockedCustomer source) {
        var mainCluster = source.mainCluster();
        return activity.addClusters(source.id(), mergedSource.clusterIds())
                .chain(() -> activity.setDefaultAddress(source.id(), mergedSource.defaultAddress))
                .chain(() -> activity.count(source.id()))
                .chain(totals -> mainCluster
                        .map(clusters::lockForShare)
                        .orElse(Uni.createFrom().item(false))
                        .invoke(clusterExists -> {
                            source.setTotals(totals);
                            source.setCluster(clusterExists ? mainCluster.orElseThrow() : null);
                        }))
                .chain(() -> records.save(source, CustomerChange.MERGE_UNDONE, details(undo.merge(), "merged_into")))
                .replaceWithVoid();
    }

    private ObjectNode details(Merge merge, String member) {
        var details = CustomerJson.emptyObject();
        details.put("merge_id", merge.id.toString());
        if (member.equals("source_ids")) {
            merge.sources().forEach(id -> details.withArray(member).add(id.toString()));
        } else {
            details.put(member, merge.targetId.toString());
        }
        return details;
    }

    private static <T, R> Uni<List<R>> inSequence(Collection<T> all, Function<T, Uni<? extends R>> step) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(step)
                .collect()
                .asList();
    }
}
