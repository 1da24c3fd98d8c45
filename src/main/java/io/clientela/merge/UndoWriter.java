package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.activity.Activity;
import io.clientela.customer.ClusterLookup;
import io.clientela.customer.CustomerChange;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.LockedCustomer;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Restores the sources of a merge, and reverts what it changed at the target. */
@ApplicationScoped
class UndoWriter {
    private static final String CLUSTER = "cluster_id";

    private final Caller caller;
    private final CustomerRecords records;
    private final Activity activity;
    private final ClusterLookup clusters;
    private final MergedData data;
    private final MergeWriter writer;

    UndoWriter(
            Caller caller,
            CustomerRecords records,
            Activity activity,
            ClusterLookup clusters,
            MergedData data,
            MergeWriter writer) {
        this.caller = caller;
        this.records = records;
        this.activity = activity;
        this.clusters = clusters;
        this.data = data;
        this.writer = writer;
    }

    /** Writes the undo of a merge that {@link UndoConditions} permits. */
    Uni<Void> write(Undo undo) {
        var rows = undo.mergedSources().stream()
                .collect(Collectors.toMap(
                        mergedSource -> mergedSource.id,
                        mergedSource -> mergedSource.snapshot,
                        (a, b) -> a,
                        LinkedHashMap::new));
        return data.mergedIds(undo).chain(mergedIds -> records.restore(rows)
                .chain(sources -> MergedCustomer.deleteByMergeId(undo.merge().id)
                        .chain(() -> data.moveBack(undo, mergedIds))
                        .chain(() -> saveTarget(undo))
                        .chain(() -> saveSources(undo, sources))
                        .chain(() -> data.moveLoginBack(undo))));
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

    private Uni<Void> saveSources(Undo undo, List<LockedCustomer> sources) {
        var withdrawn = undo.withdrawn();
        sources.forEach(source -> source.withdraw(withdrawn));
        return Multi.createFrom()
                .iterable(undo.mergedSources())
                .onItem()
                .transformToUniAndConcatenate(mergedSource ->
                        saveSource(undo, mergedSource, MergeParticipants.find(sources, mergedSource.id)))
                .collect()
                .last();
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
}
