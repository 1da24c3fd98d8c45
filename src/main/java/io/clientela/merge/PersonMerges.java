package io.clientela.merge;

import io.clientela.customer.MergeTrace;
import io.clientela.customer.MergeTraces;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds the merges of a person by the table of merges, which, unlike that of merged customers, outlives a delete. */
@ApplicationScoped
class PersonMerges implements MergeTraces {
    private static final String PERSON_IDS = """
            WITH RECURSIVE person AS (
                SELECT $2::uuid AS id
                UNION
                SELECT other.id FROM person CROSS JOIN LATERAL (
                    SELECT cast(unnest(m.source_ids) AS uuid) AS id FROM merge m
                    WHERE m.tenant_id = $1 AND m.target_id = person.id AND m.undone_at IS NULL
                    UNION ALL
                    SELECT m.target_id FROM merge m
                    WHERE m.tenant_id = $1 AND m.source_ids @> ARRAY[cast(person.id AS varchar)] AND m.undone_at IS NULL)
                    AS other)
            SELECT id FROM person""";

    /**
     * A target that is not the person had values of the person until the undo. Its merges of that time took them
     * further: as a target, a merge changed such values; as a source, it passed them on.
     */
    private static final String TRACES = """
            WITH RECURSIVE trace (id, target_id, merged_at, undone_at, changes) AS (
                SELECT id, target_id, merged_at, undone_at, changes FROM merge
                WHERE tenant_id = $1 AND target_id = ANY($2::uuid[])
                UNION
                SELECT id, target_id, merged_at, undone_at, changes FROM merge
                WHERE tenant_id = $1 AND source_ids && cast($2::uuid[] AS varchar[])
                UNION
                SELECT next.id, next.target_id, next.merged_at, next.undone_at, next.changes
                FROM trace CROSS JOIN LATERAL (
                    SELECT m.* FROM merge m WHERE m.tenant_id = $1 AND m.target_id = trace.target_id
                    UNION ALL
                    SELECT m.* FROM merge m
                    WHERE m.tenant_id = $1 AND m.source_ids @> ARRAY[cast(trace.target_id AS varchar)]) AS next
                WHERE trace.target_id <> ALL($2::uuid[])
                  AND next.merged_at > trace.merged_at AND next.merged_at <= trace.undone_at)
            SELECT id, target_id, merged_at, undone_at,
                   ARRAY(SELECT json_object_keys(cast(changes AS json))),
                   changes = '{}' AND NOT EXISTS (SELECT FROM customer c WHERE c.tenant_id = $1 AND c.id = target_id)
            FROM trace""";

    private final Caller caller;

    PersonMerges(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Uni<List<UUID>> personIds(UUID customer) {
        return TenantStatement.query(caller.tenant(), PERSON_IDS, customer)
                .map(rows -> rows.stream().map(row -> (UUID) row[0]).toList());
    }

    @Override
    public Uni<List<MergeTrace>> of(Collection<UUID> customers) {
        return TenantStatement.query(caller.tenant(), TRACES, (Object) customers.toArray(UUID[]::new))
                .map(rows -> rows.stream().map(PersonMerges::trace).toList());
    }

    private static MergeTrace trace(Object[] row) {
        // A delete of the target erased the changes, too.
        boolean isUnknown = (Boolean) row[5];
        return new MergeTrace(
                (UUID) row[0],
                (UUID) row[1],
                instant(row[2]),
                Optional.ofNullable(row[3]).map(PersonMerges::instant),
                isUnknown ? Optional.empty() : Optional.of(Set.of((String[]) row[4])));
    }

    private static Instant instant(Object value) {
        return ((OffsetDateTime) value).toInstant();
    }
}
