package io.clientela.merge;

import io.clientela.activity.Activity;
import io.clientela.activity.MoveCounts;
import io.clientela.customer.CustomerLogins;
import io.clientela.customer.CustomerSnapshots;
import io.clientela.customer.Identifier;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What customers have beside the rows of their own: recorded for an undo and moved to the target by a merge, and moved
 * back by its undo. Addresses, calls, orders, clusters, aliases, and passwords.
 */
@ApplicationScoped
class MergedData {
    private final Caller caller;
    private final CustomerSnapshots snapshots;
    private final Activity activity;
    private final MergeAliases aliases;
    private final MergedCustomers merged;
    private final CustomerLogins logins;

    MergedData(
            Caller caller,
            CustomerSnapshots snapshots,
            Activity activity,
            MergeAliases aliases,
            MergedCustomers merged,
            CustomerLogins logins) {
        this.caller = caller;
        this.snapshots = snapshots;
        this.activity = activity;
        this.aliases = aliases;
        this.merged = merged;
        this.logins = logins;
    }

    /** Returns the records from which an undo restores the sources that exist, in the order of the merge. */
    Uni<List<MergedCustomer>> record(Merge merge) {
        var ids = merge.sources();
        return Uni.combine()
                .all()
                .unis(
                        snapshots.take(ids),
                        activity.clustersOf(ids),
                        activity.defaultAddresses(ids),
                        logins.passwordHashes(ids))
                .with((rows, clusters, defaults, hashes) -> ids.stream()
                        .filter(rows::containsKey)
                        .map(id -> {
                            var mergedSource = mergedSource(merge, id, rows.get(id));
                            mergedSource.clusters = clusters.getOrDefault(id, List.of()).stream()
                                    .map(UUID::toString)
                                    .toArray(String[]::new);
                            mergedSource.defaultAddress = defaults.get(id);
                            mergedSource.passwordHash = hashes.get(id);
                            return mergedSource;
                        })
                        .toList());
    }

    private MergedCustomer mergedSource(Merge merge, UUID id, String snapshot) {
        var mergedSource = new MergedCustomer();
        mergedSource.tenantId = caller.tenant();
        mergedSource.id = id;
        mergedSource.mergeId = merge.id;
        mergedSource.mergedInto = merge.targetId;
        mergedSource.number = CustomerSnapshots.number(snapshot);
        mergedSource.snapshot = snapshot;
        return mergedSource;
    }

    /** Moves to the target what the sources have in other tables, before their rows are deleted. */
    Uni<Void> move(Merge merge, MergePlan plan, List<LockedCustomer> sources, List<MergedCustomer> mergedSources) {
        return TenantStatement.pipelined(List.of(
                activity.move(merge.sources(), merge.targetId)
                        .invoke(moved -> recordCounts(merge, moved))
                        .replaceWithVoid(),
                joinClusters(merge, plan, sources, mergedSources),
                aliases.move(merge)));
    }

    private static void recordCounts(Merge merge, MoveCounts moved) {
        merge.movedAddresses = moved.addresses();
        merge.movedCalls = moved.calls();
        merge.movedOrders = moved.orders();
    }

    /** Adds the target to the clusters of the sources, including their main clusters. */
    private Uni<Void> joinClusters(
            Merge merge, MergePlan plan, List<LockedCustomer> sources, List<MergedCustomer> mergedSources) {
        var mainCluster = plan.result().path("cluster_id").textValue();
        var mainClusters = sources.stream().flatMap(source -> source.mainCluster().stream());
        var memberships = mergedSources.stream().flatMap(mergedSource -> mergedSource.clusterIds().stream());
        var clusters = Stream.concat(mainClusters, memberships)
                .filter(cluster -> !cluster.toString().equals(mainCluster))
                .distinct()
                .toList();
        return activity.addClusters(merge.targetId, clusters)
                .invoke(added ->
                        merge.addedClusters = added.stream().map(UUID::toString).toArray(String[]::new))
                .replaceWithVoid();
    }

    /** Makes identifiers aliases of the target, and gives it the password of a source if it has none. */
    Uni<Void> moveIdentity(Merge merge, List<MergedCustomer> mergedSources, Set<Identifier> former) {
        return TenantStatement.pipelined(moveLogin(merge, mergedSources), aliases.add(merge, former));
    }

    /** Gives the target the password of the first source that has one, unless the target has its own. */
    private Uni<Void> moveLogin(Merge merge, List<MergedCustomer> mergedSources) {
        return mergedSources.stream()
                .filter(source -> source.passwordHash != null)
                .findFirst()
                .map(source -> logins.give(merge.targetId, source.passwordHash))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Returns the ids of each source and of all that were merged into it, by source. */
    Uni<List<Map.Entry<UUID, List<UUID>>>> mergedIds(Undo undo) {
        return Multi.createFrom()
                .iterable(undo.mergedSources())
                .onItem()
                .transformToUniAndConcatenate(
                        source -> merged.mergedIds(source.id).map(ids -> Map.entry(source.id, ids)))
                .collect()
                .asList();
    }

    /**
     * Moves back what the restored sources had before the merge, except their passwords.
     *
     * @param mergedIds as {@link #mergedIds} returned them before the sources were restored
     */
    Uni<Void> moveBack(Undo undo, List<Map.Entry<UUID, List<UUID>>> mergedIds) {
        var merge = undo.merge();
        return aliases.remove(merge)
                .chain(() -> Multi.createFrom()
                        .iterable(mergedIds)
                        .onItem()
                        .transformToUniAndConcatenate(entry -> aliases.moveBack(merge, entry.getKey(), entry.getValue())
                                .chain(() -> activity.moveBack(undo.target().id(), entry.getKey(), entry.getValue())))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    /** Takes back from the target what it got from a source, and gives the sources their passwords. */
    Uni<Void> moveLoginBack(Undo undo) {
        var withPassword = undo.mergedSources().stream()
                .filter(source -> source.passwordHash != null)
                .toList();
        if (withPassword.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Uni<Void>> statements = new ArrayList<>();
        statements.add(logins.take(
                undo.target().id(),
                withPassword.stream().map(source -> source.passwordHash).toList()));
        withPassword.forEach(source -> statements.add(logins.give(source.id, source.passwordHash)));
        return TenantStatement.pipelined(statements);
    }
}
