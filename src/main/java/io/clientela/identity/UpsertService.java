package io.clientela.identity;

import io.clientela.customer.CustomerLocks;
import io.clientela.customer.CustomerPatch;
import io.clientela.customer.CustomerPreviews;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.Identifier;
import io.clientela.customer.IdentifierLocks;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.identity.UpsertDecisions.Loaded;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Updates the customer that matches an upsert's identifiers, or creates one. All identifiers are locked before the
 * search, so that concurrent equal upserts create one customer (ADR 3).
 */
@ApplicationScoped
public class UpsertService {
    private final Database database;
    private final Caller caller;
    private final CustomerLocks locks;
    private final CustomerRecords records;
    private final CustomerPatch patches;
    private final UpsertReader reader;
    private final CustomerPreviews previews;

    UpsertService(
            Database database,
            Caller caller,
            CustomerLocks locks,
            CustomerRecords records,
            CustomerPatch patches,
            UpsertReader reader,
            CustomerPreviews previews) {
        this.database = database;
        this.caller = caller;
        this.locks = locks;
        this.records = records;
        this.patches = patches;
        this.reader = reader;
        this.previews = previews;
    }

    /**
     * Applies one upsert, in a transaction.
     *
     * @throws ProblemException 409 {@code ambiguous_match} if the identifiers belong to several customers, 409
     *     {@code identity_conflict} if the customer found by e-mail or phone is another one by document or external id,
     *     409 {@code duplicate_customer} if the external id belongs to another customer, 422 if the resulting customer
     *     would be invalid
     */
    public Uni<UpsertResult> upsert(Upsert upsert) {
        return upsertAll(List.of(upsert), (index, result) -> result, (index, problem) -> {
                    throw problem;
                })
                .map(results -> results.get(0));
    }

    /**
     * Applies upserts in sequence in one transaction. Each sees the changes of those before it. All are decided in
     * memory before anything is written: an upsert with a problem leaves nothing behind, whatever became of its
     * customer before.
     *
     * @param onSuccess maps the index and the result of an upsert
     * @param onFailure maps the index and the problem of an upsert; if it throws, nothing is written
     * @return the mapped results and failures, in the order of the upserts
     */
    public <R> Uni<List<R>> upsertAll(
            List<Upsert> upserts,
            BiFunction<Integer, UpsertResult, R> onSuccess,
            BiFunction<Integer, ProblemException, R> onFailure) {
        return write(upserts, Optional.empty(), onSuccess, onFailure);
    }

    /**
     * Decides upserts like {@link #upsertAll}, but writes nothing: what they would write is stored for the next call
     * with the same id, which sees it.
     *
     * @param importId the import that is tried
     */
    public <R> Uni<List<R>> previewAll(
            UUID importId,
            List<Upsert> upserts,
            BiFunction<Integer, UpsertResult, R> onSuccess,
            BiFunction<Integer, ProblemException, R> onFailure) {
        return write(upserts, Optional.of(importId), onSuccess, onFailure);
    }

    private <R> Uni<List<R>> write(
            List<Upsert> upserts,
            Optional<UUID> triedImport,
            BiFunction<Integer, UpsertResult, R> onSuccess,
            BiFunction<Integer, ProblemException, R> onFailure) {
        return database.transaction(() -> load(upserts, triedImport).chain(loaded -> {
            var reserved = List.copyOf(loaded.numbers());
            var decisions = new UpsertDecisions(records, patches, reader, loaded);
            List<R> results = new ArrayList<>(upserts.size());
            for (int i = 0; i < upserts.size(); i++) {
                results.add(decide(decisions, i, upserts.get(i), onSuccess, onFailure));
            }
            records.releaseNumbers(triedImport.isPresent() ? reserved : loaded.numbers());
            var customers = loaded.owners().all();
            return triedImport
                    .map(importId -> previews.save(importId, customers))
                    .orElseGet(() -> records.saveAll(customers))
                    .replaceWith(results);
        }));
    }

    /** Locks identifiers, then the customers that have them, then clusters (ADR 3). */
    private Uni<Loaded> load(List<Upsert> upserts, Optional<UUID> triedImport) {
        var identifiers = distinct(upserts, Upsert::identifiers);
        var lookups = distinct(upserts, Upsert::lookups);
        var clusters = upserts.stream()
                .map(upsert -> upsert.fields().value().clusterId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return TenantStatement.pipelined(
                        IdentifierLocks.acquire(caller.tenant(), identifiers), locks.lockOwners(lookups))
                .chain(found ->
                        locks.hiddenExternalIds(identifiers).map(hidden -> new CustomersByIdentifier(found, hidden)))
                .call(owners -> triedImport
                        .map(importId -> previews.find(importId, owners.all(), lookups)
                                .invoke(previewed -> previewed.forEach(owners::put))
                                .replaceWithVoid())
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .chain(owners -> records.lockClusters(clusters).chain(known -> records.reserveNumbers(upserts.size())
                        .map(numbers -> new Loaded(owners, known, numbers))));
    }

    private static Set<Identifier> distinct(
            List<Upsert> upserts, Function<Upsert, Collection<Identifier>> identifiers) {
        return upserts.stream()
                .flatMap(upsert -> identifiers.apply(upsert).stream())
                .collect(Collectors.toSet());
    }

    private static <R> R decide(
            UpsertDecisions decisions,
            int index,
            Upsert upsert,
            BiFunction<Integer, UpsertResult, R> onSuccess,
            BiFunction<Integer, ProblemException, R> onFailure) {
        UpsertResult result;
        try {
            result = decisions.decide(upsert);
        } catch (ProblemException problem) {
            return onFailure.apply(index, problem);
        }
        return onSuccess.apply(index, result);
    }
}
