package io.clientela.identity;

import io.clientela.customer.CustomerLocks;
import io.clientela.customer.CustomerProblems;
import io.clientela.customer.LockedCustomer;
import io.clientela.customer.MergeRedirects;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stores which customers are not the same. */
@ApplicationScoped
class DismissalService {
    /** A second dismissal of the same pair changes nothing. */
    private static final String ADD = """
            INSERT INTO duplicate_dismissal (tenant_id, a, b, dismissed_at, dismissed_by)
            VALUES ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), now(), $4)
            ON CONFLICT DO NOTHING""";

    private final Database database;
    private final Caller caller;
    private final CustomerLocks locks;
    private final MergeRedirects redirects;

    DismissalService(Database database, Caller caller, CustomerLocks locks, MergeRedirects redirects) {
        this.database = database;
        this.caller = caller;
        this.locks = locks;
        this.redirects = redirects;
    }

    /**
     * Dismisses a pair of customers: they are no longer listed as likely duplicates.
     *
     * @throws ProblemException 422 with every unknown id, 409 {@code merged} or {@code customer_anonymized}
     */
    Uni<Void> dismiss(List<UUID> pair) {
        return database.transaction(() -> locks.lockAll(pair)
                .map(found -> found.stream().map(LockedCustomer::id).toList())
                .chain(found -> requireAll(pair, found))
                .chain(() -> add(pair.get(0), pair.get(1))));
    }

    private Uni<Void> add(UUID one, UUID other) {
        return TenantStatement.update(
                        caller.tenant(), ADD, one, other, caller.actor().orElse(null))
                .replaceWithVoid();
    }

    private Uni<Void> requireAll(List<UUID> pair, List<UUID> found) {
        return Multi.createFrom()
                .iterable(pair)
                .filter(id -> !found.contains(id))
                .onItem()
                .transformToUniAndConcatenate(id -> redirects
                        .currentId(id)
                        .map(survivor -> survivor.map(currentId -> CustomerProblems.moved(id, currentId))))
                .select()
                .where(Optional::isPresent)
                .collect()
                .first()
                .invoke(problem -> {
                    if (problem != null) {
                        throw problem.get();
                    }
                    var unknown = pair.stream()
                            .filter(id -> !found.contains(id))
                            .map(id -> FieldError.unknownCustomer("/customer_ids/" + pair.indexOf(id)))
                            .toList();
                    if (!unknown.isEmpty()) {
                        throw ProblemException.invalid(unknown);
                    }
                })
                .replaceWithVoid();
    }
}
