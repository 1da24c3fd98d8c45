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
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
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
 * Takes a merge back, in one transaction: the sources are customers again, get back what came from them, and what the
 * merge filled in at the target goes where nobody has edited it since. The last merge into a target is the first that
 * can be undone.
 */
@ApplicationScoped
class UndoService {
    private static final String IDENTIFIED = """
            SELECT s.snapshot, m.changes FROM merge m
            JOIN merged_customer s ON s.tenant_id = m.tenant_id AND s.merge_id = m.id
            WHERE m.tenant_id = :tenant AND m.id = :id""";

    private final Caller caller;
    private final CustomerRecords records;
    private final CustomerSnapshots snapshots;
    private final CustomerPatch patches;
    private final CustomerJson json;
    private final Activity activity;
    private final ClusterLookup clusters;
    private final MergedCustomers merged;
    private final MergeWriter writer;
    private final UndoConditions conditions;

    UndoService(
            Caller caller,
            CustomerRecords records,
            CustomerSnapshots snapshots,
            CustomerPatch patches,
            CustomerJson json,
            Activity activity,
            ClusterLookup clusters,
            MergedCustomers merged,
            MergeWriter writer,
            UndoConditions conditions) {
        this.caller = caller;
        this.records = records;
        this.snapshots = snapshots;
        this.patches = patches;
        this.json = json;
        this.activity = activity;
        this.clusters = clusters;
        this.merged = merged;
        this.writer = writer;
        this.conditions = conditions;
    }

    /**
     * Undoes a merge.
     *
     * @throws ProblemException 404, or 409 {@code undo_refused} with what stands in the way
     */
    Uni<MergeView> undo(UUID mergeId) {
        return Panache.withTransaction(() -> targetOf(mergeId)
                .call(() -> lockIdentifiers(mergeId))
                .chain(target -> records.lockAll(List.of(target)))
                .chain(locked -> load(mergeId, locked.stream().findFirst()))
                .call(conditions::requireRestorable)
                .call(this::restore)
                .map(undo -> undo.merge().view()));
    }

    /** Read without the entity: what stands there before the target is locked may be old. */
    private Uni<UUID> targetOf(UUID mergeId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "SELECT target_id FROM merge WHERE tenant_id = :tenant AND id = :id", UUID.class)
                        .setParameter("tenant", caller.tenant())
                        .setParameter("id", mergeId)
                        .getSingleResultOrNull())
                .invoke(target -> {
                    if (target == null) {
                        throw ProblemException.notFound();
                    }
                });
    }

    /**
     * Whoever looks for one of these identifiers meanwhile waits until it has its owner again: those of the sources,
     * and those that the merge took from the target.
     */
    private Uni<Void> lockIdentifiers(UUID mergeId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(IDENTIFIED, Object[].class)
                        .setParameter("tenant", caller.tenant())
                        .setParameter("id", mergeId)
                        .getResultList())
                .chain(rows -> {
                    Set<Identifier> all = new HashSet<>();
                    rows.forEach(row -> {
                        all.addAll(snapshots.identifiers((String) row[0]));
                        all.addAll(patches.identifiers(json.before(json.parse((String) row[1]))));
                    });
                    return IdentifierLocks.acquire(caller.tenant(), all);
                });
    }

    private Uni<Undo> load(UUID mergeId, Optional<LockedCustomer> target) {
        if (target.isEmpty() && caller.confinement().isPresent()) {
            return Uni.createFrom().failure(ProblemException.notFound());
        }
        return Merge.find(caller.tenant(), mergeId)
                .map(Optional::orElseThrow)
                .call(merge -> conditions.requireLatest(merge, target))
                .chain(merge -> MergedCustomer.of(mergeId)
                        .map(mergedSources ->
                                new Undo(merge, target.orElseThrow(), mergedSources, json.parse(merge.changes))));
    }

    private Uni<Void> restore(Undo undo) {
        var rows = undo.mergedSources().stream()
                .collect(Collectors.toMap(
                        mergedSource -> mergedSource.id,
                        mergedSource -> mergedSource.snapshot,
                        (a, b) -> a,
                        LinkedHashMap::new));
        return each(undo.mergedSources(), mergedSource -> merged.mergedIds(mergedSource.id)
                        .map(parts -> Map.entry(mergedSource.id, parts)))
                .chain(parts -> records.restore(rows).chain(sources -> MergedCustomer.deleteByMergeId(undo.merge().id)
                        .chain(() -> moveBack(undo, parts))
                        .chain(() -> saveTarget(undo))
                        .chain(() -> each(
                                undo.mergedSources(),
                                mergedSource -> saveSource(
                                        undo, mergedSource, MergeParticipants.find(sources, mergedSource.id))))))
                .replaceWithVoid();
    }

    private Uni<Void> moveBack(Undo undo, List<Map.Entry<UUID, List<UUID>>> parts) {
        return each(parts, part -> activity.moveBack(undo.target().id(), part.getKey(), part.getValue()))
                .replaceWithVoid();
    }

    /**
     * The target is what it was, but for what was edited since; its external id is free for the sources. Nothing is
     * asked of the database between a change to a customer and its save: it would be written in two versions.
     */
    private Uni<Void> saveTarget(Undo undo) {
        var target = undo.target();
        var merge = undo.merge();
        return activity.removeClusters(target.id(), merge.clustersAdded())
                .chain(() -> activity.count(target.id()))
                .invoke(totals -> writer.write(target, undo.reverted(), totals))
                .chain(() -> records.save(target, CustomerChange.MERGE_UNDONE, details(merge, "source_ids")))
                .invoke(view -> {
                    merge.undoneAt = view.updatedAt();
                    merge.undoneBy = caller.actor().orElse(null);
                })
                .replaceWithVoid();
    }

    private Uni<Void> saveSource(Undo undo, MergedCustomer mergedSource, LockedCustomer source) {
        var main = source.mainCluster();
        return activity.addClusters(source.id(), mergedSource.clusterIds())
                .chain(() -> activity.setDefaultAddress(source.id(), mergedSource.defaultAddress))
                .chain(() -> activity.count(source.id()))
                .chain(totals -> main.map(clusters::lockForShare)
                        .orElse(Uni.createFrom().item(false))
                        .invoke(there -> {
                            source.setTotals(totals);
                            source.restoreUniqueFields(there);
                        }))
                .chain(() -> records.save(source, CustomerChange.MERGE_UNDONE, details(undo.merge(), "merged_into")))
                .replaceWithVoid();
    }

    private ObjectNode details(Merge merge, String with) {
        var details = json.emptyObject();
        details.put("merge_id", merge.id.toString());
        if (with.equals("source_ids")) {
            merge.sources().forEach(id -> details.withArray(with).add(id.toString()));
        } else {
            details.put(with, merge.targetId.toString());
        }
        return details;
    }

    private static <T, R> Uni<List<R>> each(Collection<T> all, Function<T, Uni<? extends R>> work) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(work)
                .collect()
                .asList();
    }
}
