package io.clientela.consent;

import io.clientela.customer.ErasedPerson;
import io.clientela.customer.PersonalData;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Erases the ids of requests, which callers choose. All else of a consent stays: it is the evidence that messages were
 * permitted (GDPR, article 17(3)(e)).
 */
@Singleton
class PersonalConsents implements PersonalData {
    private static final String ERASE_REQUESTS = "UPDATE customer_consent SET request_id = NULL"
            + " WHERE tenant_id = $1 AND customer_id = ANY($2::uuid[]) AND request_id IS NOT NULL";

    @Override
    public Uni<Set<String>> erase(ErasedPerson person) {
        return person.erase("consents", ERASE_REQUESTS).replaceWith(Set.of());
    }
}
