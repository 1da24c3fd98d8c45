package io.clientela.identity;

import io.clientela.customer.CustomerChange;
import io.clientela.customer.CustomerPatch;
import io.clientela.customer.CustomerProblems;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.Identifier;
import io.clientela.customer.IdentifierLocks;
import io.clientela.customer.LockedCustomer;
import io.clientela.customer.Numbers;
import io.clientela.database.Database;
import io.clientela.http.problem.ProblemException;
import io.clientela.identity.UpsertResult.Outcome;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Updates the customer that matches an upsert's identifiers, or creates one. All identifiers are locked before the
 * search, so that concurrent equal upserts create one customer (ADR 3).
 */
@ApplicationScoped
public class UpsertService {
    /** The number of upserts whose customers are loaded together. */
    static final int CHUNK = 100;

    private final Database database;
    private final Caller caller;
    private final CustomerRecords records;
    private final CustomerPatch patches;
    private final UpsertReader reader;

    UpsertService(
            Database database, Caller caller, CustomerRecords records, CustomerPatch patches, UpsertReader reader) {
        this.database = database;
        this.caller = caller;
        this.records = records;
        this.patches = patches;
        this.reader = reader;
    }

    /**
     * Applies one upsert, in a transaction.
     *
     * @throws ProblemException 409 {@code ambiguous_match} if the identifiers belong to several customers, 409
     *     {@code duplicate_customer} if the external id belongs to another customer, 422 if the resulting customer
     *     would be invalid
     */
    Uni<UpsertResult> upsert(Upsert upsert) {
        return database.transaction(() -> lockIdentifiers(List.of(upsert))
                .chain(() -> owners(List.of(upsert)))
                .chain(owners -> apply(upsert, owners)));
    }

    /**
     * Applies upserts in sequence in one transaction. Each sees the changes of those before it.
     *
     * @param onSuccess maps the result of an upsert
     * @param onFailure maps the failure of an upsert; if it throws, the transaction is rolled back
     * @return the mapped results and failures, in the order of the upserts
     */
    <R> Uni<List<R>> upsertAll(
            List<Upsert> upserts, Function<UpsertResult, R> onSuccess, Function<Failure, R> onFailure) {
        return database.transaction(() -> lockIdentifiers(upserts)
                .chain(() -> records.lockOwnersOnly(identifiers(upserts)))
                .chain(() -> Multi.createFrom()
                        .iterable(chunks(upserts))
                        .onItem()
                        .transformToUniAndConcatenate(chunk -> applyChunk(chunk, onSuccess, onFailure))
                        .collect()
                        .asList())
                .map(lists -> lists.stream().flatMap(List::stream).toList()));
    }

    /**
     * An upsert that failed.
     *
     * @param upsert the upsert
     * @param problem the problem to report
     */
    record Failure(Upsert upsert, ProblemException problem) {}

    private <R> Uni<List<R>> applyChunk(
            List<Upsert> upserts, Function<UpsertResult, R> onSuccess, Function<Failure, R> onFailure) {
        return owners(upserts).chain(owners -> Multi.createFrom()
                .iterable(upserts)
                .onItem()
                .transformToUniAndConcatenate(upsert -> Uni.createFrom()
                        .deferred(() -> apply(upsert, owners))
                        .map(onSuccess)
                        .onFailure(ProblemException.class)
                        .recoverWithUni(problem -> discardChanges(upsert, owners)
                                .map(ignored -> onFailure.apply(new Failure(upsert, problem)))))
                .collect()
                .asList()
                .call(results -> records.detach(owners.all())));
    }

    private Uni<UpsertResult> apply(Upsert upsert, CustomersByIdentifier owners) {
        var matches = owners.of(upsert.matchIdentifiers());
        if (matches.size() > 1) {
            return Uni.createFrom().failure(CustomerProblems.ambiguousMatch(ids(matches)));
        }
        if (matches.isEmpty()) {
            requireUniqueExternalId(upsert, matches, owners);
            return create(upsert, owners);
        }
        var match = matches.get(0);
        return match.isDetached()
                ? records.lock(match.id(), null).chain(locked -> update(upsert, locked, owners))
                : update(upsert, match, owners);
    }

    private Uni<UpsertResult> create(Upsert upsert, CustomersByIdentifier owners) {
        return Uni.createFrom()
                .item(() -> reader.newCustomer(upsert))
                .chain(input -> records.create(input, owners.numbers()))
                .invoke(owners::put)
                .map(customer -> new UpsertResult(Outcome.CREATED, List.of(), customer.view()));
    }

    private Uni<UpsertResult> update(Upsert upsert, LockedCustomer customer, CustomersByIdentifier owners) {
        var matchedOn = matchedOn(upsert, customer);
        if (upsert.doNotUpdate()) {
            return Uni.createFrom().item(new UpsertResult(Outcome.UNCHANGED, matchedOn, customer.view()));
        }
        requireUniqueExternalId(upsert, List.of(customer), owners);
        long version = customer.view().version();
        patches.apply(customer, upsert.patchOf(customer.view().tags()));
        return records.save(customer, CustomerChange::typeOf)
                .invoke(view -> owners.put(customer))
                .map(view -> new UpsertResult(
                        view.version() == version ? Outcome.UNCHANGED : Outcome.UPDATED, matchedOn, view));
    }

    /** The external id can belong to another customer if {@code match_on} does not include it. */
    private static void requireUniqueExternalId(
            Upsert upsert, List<LockedCustomer> matches, CustomersByIdentifier owners) {
        var externalId = upsert.identifiers().stream()
                .filter(identifier -> identifier.kind() == Identifier.Kind.EXTERNAL_ID)
                .toList();
        var others = owners.of(externalId).stream()
                .filter(owner -> !matches.contains(owner))
                .toList();
        if (!others.isEmpty() || externalId.stream().anyMatch(owners::isHidden)) {
            throw CustomerProblems.duplicateExternalId(ids(others));
        }
    }

    /** Reloads the customer of a failed upsert, so that a later flush does not write changes made in memory. */
    private Uni<Void> discardChanges(Upsert upsert, CustomersByIdentifier owners) {
        var matches = owners.of(upsert.matchIdentifiers());
        return matches.size() == 1
                ? records.refresh(matches.get(0))
                : Uni.createFrom().voidItem();
    }

    private Uni<CustomersByIdentifier> owners(List<Upsert> upserts) {
        var identifiers = identifiers(upserts);
        return records.lockOwners(identifiers)
                .chain(found ->
                        records.hiddenExternalIds(identifiers).map(hidden -> new CustomersByIdentifier(found, hidden)))
                .chain(owners -> {
                    int newCustomers = (int) upserts.stream()
                            .filter(upsert ->
                                    owners.of(upsert.matchIdentifiers()).isEmpty())
                            .count();
                    return Numbers.reserve(newCustomers).map(owners::withNumbers);
                });
    }

    private Uni<Void> lockIdentifiers(List<Upsert> upserts) {
        return IdentifierLocks.acquire(caller.tenant(), identifiers(upserts));
    }

    private static Collection<Identifier> identifiers(List<Upsert> upserts) {
        return upserts.stream().flatMap(upsert -> upsert.identifiers().stream()).collect(Collectors.toSet());
    }

    private static List<Identifier.Kind> matchedOn(Upsert upsert, LockedCustomer customer) {
        var customerIdentifiers = customer.identifiers();
        return upsert.matchIdentifiers().stream()
                .filter(customerIdentifiers::contains)
                .map(Identifier::kind)
                .toList();
    }

    private static List<UUID> ids(List<LockedCustomer> customers) {
        return customers.stream().map(LockedCustomer::id).toList();
    }

    private static List<List<Upsert>> chunks(List<Upsert> upserts) {
        return IntStream.iterate(0, first -> first < upserts.size(), first -> first + CHUNK)
                .mapToObj(first -> upserts.subList(first, Math.min(first + CHUNK, upserts.size())))
                .toList();
    }
}
