package io.clientela.webhook;

import io.clientela.customer.ErasedPerson;
import io.clientela.customer.PersonalData;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Erases what receivers answered to events of the person. What is still to be sent is made of the events as they are
 * then.
 */
@Singleton
class PersonalDeliveries implements PersonalData {
    private static final String ERASE = """
            UPDATE webhook_delivery SET response_body = NULL
            WHERE tenant_id = $1 AND subject_id = ANY($2::uuid[]) AND response_body IS NOT NULL""";

    @Override
    public Uni<Set<String>> erase(ErasedPerson person) {
        return person.erase("webhook_responses", ERASE);
    }
}
