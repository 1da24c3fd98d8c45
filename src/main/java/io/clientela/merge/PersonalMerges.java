package io.clientela.merge;

import io.clientela.customer.ErasedPerson;
import io.clientela.customer.MergeTrace;
import io.clientela.customer.PersonalData;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Erases what merges store of a person: aliases, snapshots and changed values. Who was merged into whom stays, so that
 * an id of a merged customer still leads to the customer.
 */
@Singleton
class PersonalMerges implements PersonalData {
    private static final String DELETE_ALIASES =
            "DELETE FROM customer_alias WHERE tenant_id = $1 AND customer_id = ANY($2::uuid[])";

    /** The snapshot says that there is no more, for the conditions of an undo. */
    private static final String ERASE_SNAPSHOTS = """
            UPDATE merged_customer SET snapshot = '{"anonymized": true}', clusters = '{}', default_address = NULL,
                password_hash = NULL
            WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND snapshot <> '{"anonymized": true}'""";

    private static final String ERASE_CHANGES = """
            UPDATE merge SET changes = '{}', added_clusters = '{}'
            WHERE tenant_id = $1 AND cardinality($2::uuid[]) > 0 AND (changes <> '{}' OR added_clusters <> '{}')
              AND id = ANY(ARRAY(SELECT id FROM merge WHERE tenant_id = $1 AND id = ANY($3::uuid[])
                                 ORDER BY id FOR NO KEY UPDATE))""";

    @Override
    public Uni<Set<String>> erase(ErasedPerson person) {
        var merges = person.traces().stream().map(MergeTrace::mergeId).toArray(UUID[]::new);
        return PersonalData.all(List.of(
                person.erase("identifiers", DELETE_ALIASES),
                person.erase("merges", ERASE_SNAPSHOTS),
                person.erase("merges", ERASE_CHANGES, (Object) merges)));
    }
}
