package io.clientela.identity;

import io.clientela.customer.ErasedPerson;
import io.clientela.customer.PersonalData;
import io.clientela.database.TenantStatement;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Erases what is known of a person's likely duplicates: keys, pairs and dismissals. */
@Singleton
class PersonalDuplicates implements PersonalData {
    private static final String DUPLICATES = "duplicates";

    private static final String OF_PERSON = " WHERE tenant_id = $1 AND customer_id = ANY($2::uuid[])";

    private static final String IN_PAIR = " WHERE tenant_id = $1 AND (a = ANY($2::uuid[]) OR b = ANY($2::uuid[]))";

    /**
     * Waits for a comparison that has read the person before and stores keys or pairs now; a later one finds the
     * customer anonymised.
     */
    @Override
    public Uni<Set<String>> erase(ErasedPerson person) {
        return TenantStatement.pipelined(
                TenantStatement.query(person.tenant(), DuplicatePairs.LOCK),
                PersonalData.all(List.of(
                        person.erase(DUPLICATES, "DELETE FROM duplicate_key" + OF_PERSON),
                        person.erase(DUPLICATES, "DELETE FROM duplicate_pair" + IN_PAIR),
                        person.erase(DUPLICATES, "DELETE FROM duplicate_dismissal" + IN_PAIR),
                        person.erase(DUPLICATES, "DELETE FROM duplicate_queue" + OF_PERSON))));
    }
}
