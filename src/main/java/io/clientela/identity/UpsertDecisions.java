package io.clientela.identity;

import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerPatch;
import io.clientela.customer.CustomerProblems;
import io.clientela.customer.CustomerRecords;
import io.clientela.customer.Identifier;
import io.clientela.customer.LockedCustomer;
import io.clientela.http.problem.ProblemException;
import io.clientela.identity.UpsertResult.Outcome;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Decides upserts one after the other in memory; each sees the changes of those before it. */
final class UpsertDecisions {
    /**
     * What the decisions need: nothing is read after this.
     *
     * @param owners the locked customers
     * @param clusters the main clusters of the upserts that exist
     * @param numbers a number for each upsert, which may create a customer
     */
    record Loaded(CustomersByIdentifier owners, Set<UUID> clusters, Deque<Long> numbers) {}

    private final CustomerRecords records;
    private final CustomerPatch patches;
    private final UpsertReader reader;
    private final Loaded loaded;

    UpsertDecisions(CustomerRecords records, CustomerPatch patches, UpsertReader reader, Loaded loaded) {
        this.records = records;
        this.patches = patches;
        this.reader = reader;
        this.loaded = loaded;
    }

    /**
     * Decides an upsert. The customer changes in memory.
     *
     * @throws ProblemException if the upsert is refused, which then leaves nothing behind
     */
    UpsertResult decide(Upsert upsert) {
        var matches = loaded.owners().of(upsert.matchIdentifiers());
        if (matches.size() > 1) {
            throw CustomerProblems.ambiguousMatch(ids(matches));
        }
        return matches.isEmpty() ? create(upsert) : update(upsert, matches.get(0));
    }

    private UpsertResult create(Upsert upsert) {
        requireUnique(upsert, List.of());
        var input = reader.newCustomer(upsert);
        requireCluster(input, null);
        var customer = records.prepare(input, loaded.numbers().pop());
        loaded.owners().put(customer);
        return new UpsertResult(Outcome.CREATED, List.of(), customer.view());
    }

    private UpsertResult update(Upsert upsert, LockedCustomer customer) {
        var matchedOn = matchedOn(upsert, customer);
        requireSameIdentity(upsert, customer);
        if (upsert.doNotUpdate()) {
            return new UpsertResult(Outcome.UNCHANGED, matchedOn, customer.view());
        }
        requireUnique(upsert, List.of(customer));
        var result = patches.result(
                customer,
                patches.withoutAliases(
                        customer, upsert.patchOf(customer.view().fields().tags())));
        requireCluster(result, customer.mainCluster().orElse(null));
        boolean changed = records.prepare(customer, result);
        loaded.owners().put(customer);
        return new UpsertResult(changed ? Outcome.UPDATED : Outcome.UNCHANGED, matchedOn, customer.view());
    }

    /** A caller who chose what to match on answers for it. */
    private static void requireSameIdentity(Upsert upsert, LockedCustomer customer) {
        var differences =
                upsert.choosesMatch() ? List.<Identifier.Kind>of() : customer.differences(upsert.identifiers());
        if (!differences.isEmpty()) {
            throw CustomerProblems.identityConflict(customer.id(), differences);
        }
    }

    private void requireCluster(CustomerFields result, UUID before) {
        var cluster = result.clusterId();
        if (cluster != null && !cluster.equals(before) && !loaded.clusters().contains(cluster)) {
            throw CustomerProblems.unknownCluster();
        }
    }

    /** The external id can belong to another customer if {@code match_on} does not include it. */
    private void requireUnique(Upsert upsert, List<LockedCustomer> matches) {
        var unique = upsert.uniqueIdentifiers();
        var others = loaded.owners().of(unique).stream()
                .filter(owner -> !matches.contains(owner))
                .toList();
        if (!others.isEmpty() || unique.stream().anyMatch(loaded.owners()::isHidden)) {
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
