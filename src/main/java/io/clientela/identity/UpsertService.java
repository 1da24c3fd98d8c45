package io.clientela.identity;

import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerLocks;
import io.clientela.customer.CustomerPatch;
import io.clientela.customer.CustomerPreviews;
import io.clientela.customer.CustomerProblems;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.Identifier;
import io.clientela.customer.IdentifierLocks;
import io.clientela.customer.LockedCustomer;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.ProblemException;
import io.clientela.identity.UpsertResult.Outcome;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
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
        return database.transaction(() -> load(upserts).chain(loaded -> {
            var results = decideAll(upserts, loaded, onSuccess, onFailure);
            records.releaseNumbers(loaded.numbers());
            return records.saveAll(loaded.owners().all()).replaceWith(results);
        }));
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
        var lookups = distinct(upserts, Upsert::lookups);
        return database.transaction(() -> load(upserts)
                .call(loaded -> previews.find(importId, loaded.owners().all(), lookups)
                        .invoke(previewed -> previewed.forEach(loaded.owners()::put)))
                .chain(loaded -> {
                    var numbers = List.copyOf(loaded.numbers());
                    var results = decideAll(upserts, loaded, onSuccess, onFailure);
                    records.releaseNumbers(numbers);
                    return previews.save(importId, loaded.owners().all()).replaceWith(results);
                }));
    }

    private <R> List<R> decideAll(
            List<Upsert> upserts,
            Loaded loaded,
            BiFunction<Integer, UpsertResult, R> onSuccess,
            BiFunction<Integer, ProblemException, R> onFailure) {
        List<R> results = new ArrayList<>(upserts.size());
        for (int i = 0; i < upserts.size(); i++) {
            results.add(decide(i, upserts.get(i), loaded, onSuccess, onFailure));
        }
        return results;
    }

    /**
     * What the decisions need: nothing is read after this.
     *
     * @param owners the locked customers
     * @param clusters the main clusters of the upserts that exist
     * @param numbers a number for each upsert, which may create a customer
     */
    private record Loaded(CustomersByIdentifier owners, Set<UUID> clusters, Deque<Long> numbers) {}

    /** Locks identifiers, then the customers that have them, then clusters (ADR 3). */
    private Uni<Loaded> load(List<Upsert> upserts) {
        var identifiers = distinct(upserts, Upsert::identifiers);
        var clusters = upserts.stream()
                .map(upsert -> upsert.fields().value().clusterId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return TenantStatement.pipelined(
                        IdentifierLocks.acquire(caller.tenant(), identifiers),
                        locks.lockOwners(distinct(upserts, Upsert::lookups)))
                .chain(found ->
                        locks.hiddenExternalIds(identifiers).map(hidden -> new CustomersByIdentifier(found, hidden)))
                .chain(owners -> records.lockClusters(clusters).chain(known -> records.reserveNumbers(upserts.size())
                        .map(numbers -> new Loaded(owners, known, numbers))));
    }

    private static Set<Identifier> distinct(
            List<Upsert> upserts, Function<Upsert, Collection<Identifier>> identifiers) {
        return upserts.stream()
                .flatMap(upsert -> identifiers.apply(upsert).stream())
                .collect(Collectors.toSet());
    }

    private <R> R decide(
            int index,
            Upsert upsert,
            Loaded loaded,
            BiFunction<Integer, UpsertResult, R> onSuccess,
            BiFunction<Integer, ProblemException, R> onFailure) {
        UpsertResult result;
        try {
            result = apply(upsert, loaded);
        } catch (ProblemException problem) {
            return onFailure.apply(index, problem);
        }
        return onSuccess.apply(index, result);
    }

    private UpsertResult apply(Upsert upsert, Loaded loaded) {
        var matches = loaded.owners().of(upsert.matchIdentifiers());
        if (matches.size() > 1) {
            throw CustomerProblems.ambiguousMatch(ids(matches));
        }
        return matches.isEmpty() ? create(upsert, loaded) : update(upsert, matches.get(0), loaded);
    }

    private UpsertResult create(Upsert upsert, Loaded loaded) {
        requireUnique(upsert, List.of(), loaded.owners());
        var input = reader.newCustomer(upsert);
        requireCluster(input, null, loaded);
        var customer = records.prepare(input, loaded.numbers().pop());
        loaded.owners().put(customer);
        return new UpsertResult(Outcome.CREATED, List.of(), customer.view());
    }

    private UpsertResult update(Upsert upsert, LockedCustomer customer, Loaded loaded) {
        var matchedOn = matchedOn(upsert, customer);
        requireSameIdentity(upsert, customer, matchedOn);
        if (upsert.doNotUpdate()) {
            return new UpsertResult(Outcome.UNCHANGED, matchedOn, customer.view());
        }
        requireUnique(upsert, List.of(customer), loaded.owners());
        var result = patches.result(
                customer,
                patches.withoutAliases(
                        customer, upsert.patchOf(customer.view().fields().tags())));
        requireCluster(result, customer.mainCluster().orElse(null), loaded);
        boolean changed = records.prepare(customer, result);
        loaded.owners().put(customer);
        return new UpsertResult(changed ? Outcome.UPDATED : Outcome.UNCHANGED, matchedOn, customer.view());
    }

    /**
     * A document or external id is stronger than an e-mail or phone, which families and offices share: a customer found
     * by these alone who has another document or external id is somebody else, unless the caller chose what to match
     * on.
     */
    private static void requireSameIdentity(Upsert upsert, LockedCustomer customer, List<Identifier.Kind> matchedOn) {
        if (upsert.choosesMatch() || matchedOn.stream().anyMatch(Identifier.Kind::isStrong)) {
            return;
        }
        var given = upsert.identifiers().stream().map(Identifier::kind).collect(Collectors.toSet());
        var different = customer.identifiers().stream()
                .map(Identifier::kind)
                .filter(kind -> kind.isStrong() && given.contains(kind))
                .toList();
        if (!different.isEmpty()) {
            throw CustomerProblems.identityConflict(customer.id(), different);
        }
    }

    private static void requireCluster(CustomerFields result, UUID before, Loaded loaded) {
        var cluster = result.clusterId();
        if (cluster != null && !cluster.equals(before) && !loaded.clusters().contains(cluster)) {
            throw CustomerProblems.unknownCluster();
        }
    }

    /** The external id can belong to another customer if {@code match_on} does not include it. */
    private static void requireUnique(Upsert upsert, List<LockedCustomer> matches, CustomersByIdentifier owners) {
        var unique = upsert.uniqueIdentifiers();
        var others = owners.of(unique).stream()
                .filter(owner -> !matches.contains(owner))
                .toList();
        if (!others.isEmpty() || unique.stream().anyMatch(owners::isHidden)) {
            throw unique.stream().allMatch(identifier -> identifier.kind() == Identifier.Kind.EXTERNAL_ID)
                    ? CustomerProblems.duplicateExternalId(ids(others))
                    : CustomerProblems.duplicate(ids(others));
        }
    }

    private static List<Identifier.Kind> matchedOn(Upsert upsert, LockedCustomer customer) {
        var customerIdentifiers = customer.allIdentifiers();
        return upsert.matchIdentifiers().stream()
                .filter(customerIdentifiers::contains)
                .map(Identifier::kind)
                .toList();
    }

    private static List<UUID> ids(List<LockedCustomer> customers) {
        return customers.stream().map(LockedCustomer::id).toList();
    }
}
