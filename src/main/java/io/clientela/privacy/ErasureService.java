package io.clientela.privacy;

import io.clientela.customer.CustomerErasure;
import io.clientela.customer.CustomerLocks;
import io.clientela.customer.CustomerProblems;
import io.clientela.customer.ErasedPerson;
import io.clientela.customer.IdentifierLocks;
import io.clientela.customer.LockedCustomer;
import io.clientela.customer.MergeRedirects;
import io.clientela.customer.PastCustomers;
import io.clientela.customer.PersonalData;
import io.clientela.database.AdvisoryLocks;
import io.clientela.database.Database;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Erases the personal data of a customer (GDPR, article 17; LGPD, article 18 VI), in one transaction (ADR 15).
 *
 * <p>Locks are acquired in the order of ADR 3. The first is that of the tenant's erasures: merges connect persons, so
 * that two erasures may have to write the same rows, in different orders.
 */
@ApplicationScoped
public class ErasureService {
    private final Database database;
    private final Caller caller;
    private final CustomerLocks locks;
    private final CustomerErasure customers;
    private final MergeRedirects redirects;
    private final PastCustomers past;
    private final ErasedPersonReader persons;
    private final ErasureConditions conditions;
    private final List<PersonalData> parts;

    ErasureService(
            Database database,
            Caller caller,
            CustomerLocks locks,
            CustomerErasure customers,
            MergeRedirects redirects,
            PastCustomers past,
            ErasedPersonReader persons,
            ErasureConditions conditions,
            @All List<PersonalData> parts) {
        this.database = database;
        this.caller = caller;
        this.locks = locks;
        this.customers = customers;
        this.redirects = redirects;
        this.past = past;
        this.persons = persons;
        this.conditions = conditions;
        this.parts = parts;
    }

    /**
     * Erases a customer's personal data. An erasure that is repeated changes nothing.
     *
     * @throws ProblemException 404, 409 {@code merged} with the current customer's id, 409 {@code erasure_refused}
     */
    public Uni<ErasureView> erase(UUID id) {
        return database.transaction(() -> AdvisoryLocks.acquire(caller.tenant(), "erasure", List.of(""))
                .chain(() -> locks.identifiersOf(List.of(id)))
                .chain(own -> IdentifierLocks.acquire(caller.tenant(), own))
                .chain(() -> locks.lockAllWithAnonymized(List.of(id)))
                .chain(locked -> locked.isEmpty() ? eraseMissing(id) : erase(locked.get(0))));
    }

    private Uni<ErasureView> erase(LockedCustomer customer) {
        return persons.read(customer.id(), customer.allIdentifiers())
                .chain(person -> customer.isAnonymized()
                        ? Uni.createFrom().item(() -> view(customer, person, List.of()))
                        : erase(customer, person));
    }

    private Uni<ErasureView> erase(LockedCustomer customer, ErasedPerson person) {
        return conditions
                .require(customer.id())
                .chain(() -> eraseParts(person))
                .invoke(erased -> erased.add("profile"))
                .call(() -> customers.erase(customer))
                .map(erased -> view(customer, person, erased));
    }

    private static ErasureView view(LockedCustomer customer, ErasedPerson person, Collection<String> erased) {
        return new ErasureView(customer.view(), erased, KeptData.of(customer, person));
    }

    /** What was known of a deleted customer is still in the history, and in that of customers merged with it. */
    private Uni<ErasureView> eraseMissing(UUID id) {
        return redirects.currentId(id).chain(current -> {
            if (current.isPresent()) {
                throw CustomerProblems.moved(id, current.get());
            }
            return past.lastVersion(id).chain(version -> eraseDeleted(id, version));
        });
    }

    /** Nothing says at which location a deleted customer was, so that a caller who is confined to one finds none. */
    private Uni<ErasureView> eraseDeleted(UUID id, Optional<Long> lastVersion) {
        if (caller.confinement().isPresent() || lastVersion.isEmpty()) {
            throw ProblemException.notFound();
        }
        return persons.read(id, Set.of()).chain(person -> eraseParts(person)
                .call(erased ->
                        erased.isEmpty() ? Uni.createFrom().voidItem() : customers.logDeleted(id, lastVersion.get()))
                .map(erased -> new ErasureView(null, erased, KeptData.ofDeleted(person))));
    }

    private Uni<Set<String>> eraseParts(ErasedPerson person) {
        return PersonalData.all(parts.stream().map(part -> part.erase(person)).toList());
    }
}
