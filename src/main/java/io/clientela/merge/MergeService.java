package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.ActivityTotals;
import io.clientela.customer.CustomerChange;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerLocks;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.Identifier;
import io.clientela.customer.IdentifierLocks;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Merges customers into another one, in one transaction. */
@ApplicationScoped
public class MergeService {
    private final Database database;
    private final Caller caller;
    private final CustomerLocks locks;
    private final CustomerRecords records;
    private final MergeParticipants participants;
    private final MergedData data;
    private final MergeWriter writer;

    MergeService(
            Database database,
            Caller caller,
            CustomerLocks locks,
            CustomerRecords records,
            MergeParticipants participants,
            MergedData data,
            MergeWriter writer) {
        this.database = database;
        this.caller = caller;
        this.locks = locks;
        this.records = records;
        this.participants = participants;
        this.data = data;
        this.writer = writer;
    }

    /**
     * Merges customers. Locks all their identifiers first, so that a concurrent upsert finds either the source or the
     * target; then all rows, in the order of their ids (ADR 3).
     *
     * @throws ProblemException 422 with every unknown id, 409 {@code merged} or {@code merge_refused}
     */
    public Uni<MergeResult> merge(MergeInput input) {
        var merge = newMerge(input);
        return database.transaction(() -> locks.identifiersOf(input.participants())
                .chain(identifiers -> lock(input, merge, identifiers)
                        .call(found -> participants.lockNewIdentifiers(found.locked(), identifiers)))
                .call(found -> participants.requireAll(
                        input, found.locked().stream().map(LockedCustomer::id).toList()))
                .chain(found -> merge(input, merge, found.locked(), found.sources())));
    }

    /**
     * What a merge reads under its locks.
     *
     * @param locked the participants that exist
     * @param sources from which an undo restores the sources
     */
    private record Found(List<LockedCustomer> locked, List<MergedCustomer> sources) {}

    private Uni<Found> lock(MergeInput input, Merge merge, Set<Identifier> identifiers) {
        return Uni.combine()
                .all()
                .unis(
                        TenantStatement.pipelined(
                                IdentifierLocks.acquire(caller.tenant(), identifiers),
                                locks.lockAll(input.participants())),
                        data.record(merge))
                .with(Found::new);
    }

    private Uni<MergeResult> merge(
            MergeInput input, Merge merge, List<LockedCustomer> locked, List<MergedCustomer> mergedSources) {
        var target = MergeParticipants.find(locked, input.targetId());
        var sources = input.sourceIds().stream()
                .map(id -> MergeParticipants.find(locked, id))
                .toList();
        var plan = participants.plan(
                input,
                CustomerJson.customer(target.before()),
                sources.stream()
                        .map(source -> CustomerJson.customer(source.before()))
                        .toList());
        MergeRules.requireMergeable(locked.stream().map(LockedCustomer::view).toList(), plan.result());
        var totals = sources.stream().map(LockedCustomer::totals).reduce(target.totals(), ActivityTotals::plus);
        var targetIdentifiers = target.identifiers();
        return data.move(merge, plan, sources, mergedSources)
                .invoke(() -> writer.write(target, plan.result(), totals))
                .chain(() -> prepare(merge, target, sources))
                .chain(() -> merge.persist())
                .chain(() -> MergedCustomer.persist(mergedSources))
                .chain(() -> merge.flush())
                .chain(() -> TenantStatement.pipelined(
                        records.saveAll(Stream.concat(sources.stream(), Stream.of(target))
                                .toList()),
                        data.moveIdentity(merge, mergedSources, formerIdentifiers(targetIdentifiers, target, sources))))
                .map(done -> new MergeResult(target.view(), merge.id, sources.size()));
    }

    /** Returns all identifiers of the sources, and those of the target that a preferred source's replaced. */
    private static Set<Identifier> formerIdentifiers(
            Set<Identifier> targetIdentifiers, LockedCustomer target, List<LockedCustomer> sources) {
        Set<Identifier> former = new HashSet<>(targetIdentifiers);
        former.removeAll(target.identifiers());
        sources.forEach(source -> former.addAll(source.identifiers()));
        return former;
    }

    private Merge newMerge(MergeInput input) {
        var merge = new Merge();
        merge.tenantId = caller.tenant();
        merge.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        merge.targetId = input.targetId();
        merge.sourceIds = input.sourceIds().stream().map(UUID::toString).toArray(String[]::new);
        merge.mergedBy = caller.actor().orElse(null);
        return merge;
    }

    /** Prepares the target and the deletion of the sources, and how to undo both. */
    private Uni<Void> prepare(Merge merge, LockedCustomer target, List<LockedCustomer> sources) {
        var changes = UndoPlan.withGroups(
                CustomerJson.changes(target.before(), target.view()), CustomerJson.customer(target.before()));
        return records.prepare(target, CustomerChange.MERGED, details(merge)).invoke(() -> {
            sources.forEach(source -> records.prepareRemoval(
                    source, CustomerChange.MERGED, CustomerJson.emptyObject(), detailsOfSource(merge)));
            merge.targetVersion = target.view().version();
            merge.mergedAt = target.view().state().updatedAt();
            merge.changes = changes.toString();
        });
    }

    private static ObjectNode detailsOfSource(Merge merge) {
        var details = CustomerJson.emptyObject();
        details.put("merge_id", merge.id.toString());
        details.put("merged_into", merge.targetId.toString());
        return details;
    }

    private ObjectNode details(Merge merge) {
        var details = CustomerJson.emptyObject();
        details.put("merge_id", merge.id.toString());
        var sources = details.putArray("source_ids");
        List.of(merge.sourceIds).forEach(sources::add);
        var moved = details.putObject("moved");
        moved.put("addresses", merge.movedAddresses);
        moved.put("calls", merge.movedCalls);
        moved.put("orders", merge.movedOrders);
        return details;
    }
}
