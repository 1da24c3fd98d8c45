package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.Database;
import io.clientela.http.ETags;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Deletes customers as the delete rules permit, and says beforehand what a delete would do. */
@Singleton
public class DeleteService {
    /** A locked customer, and what is counted while it is locked. */
    private record Counted(LockedCustomer customer, ActivityCounts counts) {}

    private final Database database;
    private final CustomerLocks locks;
    private final CustomerRecords records;
    private final ActivityCounter activity;
    private final MergeRedirects redirects;
    private final Set<DeleteRule> rules;
    private final Duration recent;

    DeleteService(
            Database database,
            CustomerLocks locks,
            CustomerRecords records,
            ActivityCounter activity,
            MergeRedirects redirects,
            CustomerSettings settings) {
        this.database = database;
        this.locks = locks;
        this.records = records;
        this.activity = activity;
        this.redirects = redirects;
        this.rules = settings.delete().refusedWith().orElse(Set.of());
        this.recent = Duration.ofDays(settings.delete().recentDays());
    }

    /**
     * Deletes a customer and keeps the history.
     *
     * @param ifMatch the {@code If-Match} header, or null
     * @param force whether to override the delete rules; the event then names those that are violated
     * @throws ProblemException 404, 409 {@code delete_refused} with the violated rules, 409 {@code merged}, 412
     */
    public Uni<Void> delete(UUID id, String ifMatch, boolean force) {
        return database.transaction(() -> lock(id, ifMatch).chain(counted -> {
            var violations = DeleteRule.violations(rules, counted.counts());
            if (!force && !violations.isEmpty()) {
                throw CustomerProblems.deleteRefused(violations);
            }
            return remove(counted.customer(), force ? forced(violations) : CustomerJson.emptyObject());
        }));
    }

    private Uni<Void> remove(LockedCustomer customer, ObjectNode details) {
        records.prepareRemoval(
                customer, CustomerChange.DELETED, CustomerJson.changes(customer.before(), null), details);
        return records.saveAll(List.of(customer));
    }

    private static ObjectNode forced(List<DeleteRule.Violation> violations) {
        var details = CustomerJson.emptyObject().put("forced", true);
        var overridden = details.putArray("overridden_rules");
        violations.forEach(violation ->
                overridden.addObject().put("rule", violation.rule().toString()).put("count", violation.count()));
        return details;
    }

    /** Locks and counts in one round trip: the count sees what was committed until the lock was there. */
    private Uni<Counted> lock(UUID id, String ifMatch) {
        var locked = locks.lockWithAnonymized(id, ifMatch);
        if (!DeleteRule.needCounting(rules)) {
            return locked.map(customer -> new Counted(
                    customer, ActivityCounts.ofTotals(customer.before().version(), customer.totals())));
        }
        return Uni.combine()
                .all()
                .unis(locked, count(id))
                .asTuple()
                .chain(both -> counted(both.getItem1(), both.getItem2()));
    }

    /** An undo may have restored the customer after the count, and before the lock. */
    private Uni<Counted> counted(LockedCustomer customer, Optional<ActivityCounts> counts) {
        return counts.filter(found -> found.version() == customer.before().version())
                .map(found -> Uni.createFrom().item(new Counted(customer, found)))
                .orElseGet(() -> count(customer.id()).map(again -> new Counted(customer, again.orElseThrow())));
    }

    private Uni<Optional<ActivityCounts>> count(UUID id) {
        return activity.count(id, Instant.now().minus(recent).truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * Returns what a delete would do, without a lock. Nothing is written.
     *
     * @param ifMatch the {@code If-Match} header, or null
     * @param force whether that delete would override the delete rules
     * @throws ProblemException like {@link #delete}, but for {@code delete_refused}
     */
    Uni<DeletePreview> preview(UUID id, String ifMatch, boolean force) {
        return database.session(() -> Uni.combine()
                .all()
                .unis(count(id), redirects.mergedIds(id))
                .asTuple()
                .chain(found -> found.getItem1()
                        .map(counts ->
                                Uni.createFrom().item(() -> preview(id, ifMatch, force, counts, found.getItem2())))
                        .orElseGet(() -> previewRestored(id, ifMatch, force))));
    }

    private DeletePreview preview(UUID id, String ifMatch, boolean force, ActivityCounts counts, List<UUID> mergedIds) {
        ETags.requireMatch(ifMatch, counts.version());
        var violations = DeleteRule.violations(rules, counts);
        return DeletePreview.of(id, counts, violations, force, mergedIds.size() - 1);
    }

    /** An undo may have restored the customer between the two statements. */
    private Uni<DeletePreview> previewRestored(UUID id, String ifMatch, boolean force) {
        return redirects.currentId(id).chain(current -> {
            if (current.equals(Optional.of(id))) {
                return preview(id, ifMatch, force);
            }
            throw current.map(CustomerProblems::merged).orElseGet(ProblemException::notFound);
        });
    }
}
