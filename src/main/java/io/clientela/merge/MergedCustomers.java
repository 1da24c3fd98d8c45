package io.clientela.merge;

import io.clientela.customer.MergeRedirects;
import io.clientela.database.Database;
import io.clientela.database.Snapshot;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Follows chains of merges. */
@ApplicationScoped
class MergedCustomers implements MergeRedirects {
    /** Selects the ids that are asked for and the current customer of each. */
    private static final String CURRENT_IDS = """
            WITH RECURSIVE chain AS (
                SELECT wanted.id AS wanted, wanted.id FROM unnest(%s) AS wanted(id)
                UNION
                SELECT chain.wanted, m.merged_into
                FROM chain JOIN merged_customer m ON m.tenant_id = $1 AND m.id = chain.id)
            SELECT chain.wanted, c.id FROM chain JOIN customer c ON c.tenant_id = $1 AND c.id = chain.id
            WHERE $3::text IS NULL OR c.location_id = $3::text""".formatted(TenantStatement.array(2, "uuid"));

    private static final String CURRENT_ID_BY_NUMBER = """
            WITH RECURSIVE chain AS (
                SELECT id FROM merged_customer WHERE tenant_id = $1 AND number = $2
                UNION
                SELECT m.merged_into FROM chain JOIN merged_customer m ON m.tenant_id = $1 AND m.id = chain.id)
            SELECT c.id FROM chain JOIN customer c ON c.tenant_id = $1 AND c.id = chain.id
            WHERE $3::text IS NULL OR c.location_id = $3::text""";

    /** Selects a customer and all that were merged into them, directly or through other merges. */
    private static final String MERGED_IDS = """
            WITH RECURSIVE merged AS (
                SELECT $2::uuid AS id
                UNION
                SELECT m.id FROM merged JOIN merged_customer m ON m.tenant_id = $1 AND m.merged_into = merged.id)
            SELECT id FROM merged""";

    private final Database database;
    private final Caller caller;

    MergedCustomers(Database database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    @Override
    public Uni<Optional<UUID>> currentId(UUID id) {
        return database.session(() -> currentIds(List.of(id))).map(found -> Optional.ofNullable(found.get(id)));
    }

    @Override
    public Uni<Map<UUID, UUID>> currentIds(Collection<UUID> ids) {
        return TenantStatement.query(
                        caller.tenant(),
                        CURRENT_IDS,
                        ids.toArray(UUID[]::new),
                        caller.confinement().orElse(null))
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(
                                row -> (UUID) row[0], row -> (UUID) row[1], (first, second) -> first)));
    }

    @Override
    public Uni<Optional<UUID>> currentIdByNumber(long number) {
        return database.session(() ->
                        ids(CURRENT_ID_BY_NUMBER, number, caller.confinement().orElse(null)))
                .map(found -> found.stream().findFirst());
    }

    @Override
    public Uni<List<UUID>> mergedIds(UUID id) {
        return ids(MERGED_IDS, id);
    }

    @Override
    public Uni<List<UUID>> mergedIds(Snapshot snapshot, String tenant, UUID id) {
        return snapshot.query(MERGED_IDS, Tuple.of(tenant, id))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
    }

    private Uni<List<UUID>> ids(String sql, Object... values) {
        return TenantStatement.query(caller.tenant(), sql, values)
                .map(rows -> rows.stream().map(row -> (UUID) row[0]).toList());
    }
}
