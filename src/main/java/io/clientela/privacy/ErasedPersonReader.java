package io.clientela.privacy;

import io.clientela.customer.ErasedPerson;
import io.clientela.customer.Identifier;
import io.clientela.customer.Identifiers;
import io.clientela.customer.MergeTraces;
import io.clientela.customer.PastCustomers;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out who a person is, and where merges took the person's values, in the transaction of an erasure. */
@ApplicationScoped
class ErasedPersonReader {
    private final Caller caller;
    private final MergeTraces merges;
    private final PastCustomers past;
    private final Identifiers identifiers;

    ErasedPersonReader(Caller caller, MergeTraces merges, PastCustomers past, Identifiers identifiers) {
        this.caller = caller;
        this.merges = merges;
        this.past = past;
        this.identifiers = identifiers;
    }

    /**
     * Returns the person of a customer.
     *
     * @param current the customer's identifiers, aliases included; none for a deleted customer
     */
    Uni<ErasedPerson> read(UUID customer, Set<Identifier> current) {
        return merges.personIds(customer).chain(ids -> Uni.combine()
                .all()
                .unis(merges.of(ids), past.emails(ids))
                .with((traces, emails) -> new ErasedPerson(caller.tenant(), ids, emailKeys(current, emails), traces)));
    }

    private Set<String> emailKeys(Set<Identifier> current, List<String> past) {
        var keys = current.stream()
                .filter(identifier -> identifier.kind() == Identifier.Kind.EMAIL)
                .map(Identifier::key);
        return Stream.concat(keys, past.stream().flatMap(email -> identifiers.emailKey(email).stream()))
                .collect(Collectors.toSet());
    }
}
