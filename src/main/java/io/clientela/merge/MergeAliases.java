package io.clientela.merge;

import io.clientela.customer.Identifier;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes the aliases that merges give to customers, inside the caller's transaction, which has locked the identifiers
 * and the customers (ADR 8).
 */
@ApplicationScoped
class MergeAliases {
    private static final String ADD = """
            INSERT INTO customer_alias (tenant_id, kind, key, customer_id, merge_id)
            SELECT $1, alias.kind, alias.key, $2::uuid, $3::uuid
            FROM unnest($4::text[], $5::text[]) AS alias (kind, key)""";

    private static final String MOVE =
            "UPDATE customer_alias SET customer_id = $2 WHERE tenant_id = $1 AND customer_id = ANY("
                    + TenantStatement.array(3, "uuid") + ")";

    private static final String REMOVE = "DELETE FROM customer_alias WHERE tenant_id = $1 AND merge_id = $2";

    private static final String MOVE_BACK = """
            UPDATE customer_alias SET customer_id = $2
            WHERE tenant_id = $1 AND customer_id = $3 AND merge_id IN (
                SELECT id FROM merge
                WHERE tenant_id = $1 AND target_id = ANY(%s))""".formatted(TenantStatement.array(4, "uuid"));

    private final Caller caller;

    MergeAliases(Caller caller) {
        this.caller = caller;
    }

    /** Makes identifiers aliases of the target of a merge. */
    Uni<Void> add(Merge merge, Set<Identifier> aliases) {
        var ordered = List.copyOf(aliases);
        return aliases.isEmpty()
                ? Uni.createFrom().voidItem()
                : execute(
                        ADD,
                        merge.targetId,
                        merge.id,
                        ordered.stream().map(alias -> alias.kind().toString()).toArray(String[]::new),
                        ordered.stream().map(Identifier::key).toArray(String[]::new));
    }

    /** Moves the aliases of the sources to the target. Call it while the sources' rows exist. */
    Uni<Void> move(Merge merge) {
        return execute(MOVE, merge.targetId, merge.sources().toArray(UUID[]::new));
    }

    /** Removes the aliases that a merge added. */
    Uni<Void> remove(Merge merge) {
        return execute(REMOVE, merge.id);
    }

    /**
     * Moves back the aliases that a restored source had before the merge.
     *
     * @param mergedIds the source and the customers merged into it: the targets of the merges that made its aliases
     */
    Uni<Void> moveBack(Merge merge, UUID source, Collection<UUID> mergedIds) {
        return execute(MOVE_BACK, source, merge.targetId, mergedIds.toArray(UUID[]::new));
    }

    private Uni<Void> execute(String sql, Object... values) {
        return TenantStatement.update(caller.tenant(), sql, values).replaceWithVoid();
    }
}
