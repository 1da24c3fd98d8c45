package io.clientela.merge;

import io.clientela.customer.Identifier;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes the aliases that merges give to customers, inside the caller's transaction, which has locked the identifiers
 * and the customers (ADR 8).
 */
@ApplicationScoped
class MergeAliases {
    private static final String ADD = """
            INSERT INTO customer_alias (tenant_id, kind, key, customer_id, merge_id)
            SELECT :tenant, alias.kind, alias.key, :customer, :merge
            FROM unnest(cast(:kinds AS text[]), cast(:keys AS text[])) AS alias (kind, key)""";

    private static final String MOVE = "UPDATE customer_alias SET customer_id = :target"
            + " WHERE tenant_id = :tenant AND customer_id = ANY(cast(cast(:sources AS text[]) AS uuid[]))";

    private static final String REMOVE = "DELETE FROM customer_alias WHERE tenant_id = :tenant AND merge_id = :merge";

    private static final String MOVE_BACK = """
            UPDATE customer_alias SET customer_id = :source
            WHERE tenant_id = :tenant AND customer_id = :target AND merge_id IN (
                SELECT id FROM merge
                WHERE tenant_id = :tenant AND target_id = ANY(cast(cast(:targets AS text[]) AS uuid[])))""";

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
                        Map.of(
                                "customer",
                                merge.targetId,
                                "merge",
                                merge.id,
                                "kinds",
                                texts(ordered, identifier -> identifier.kind()),
                                "keys",
                                texts(ordered, Identifier::key)));
    }

    /** Moves the aliases of the sources to the target. Call it while the sources' rows exist. */
    Uni<Void> move(Merge merge) {
        return execute(MOVE, Map.of("target", merge.targetId, "sources", merge.sourceIds));
    }

    /** Removes the aliases that a merge added. */
    Uni<Void> remove(Merge merge) {
        return execute(REMOVE, Map.of("merge", merge.id));
    }

    /**
     * Moves back the aliases that a restored source had before the merge.
     *
     * @param mergedIds the source and the customers merged into it: the targets of the merges that made its aliases
     */
    Uni<Void> moveBack(Merge merge, UUID source, Collection<UUID> mergedIds) {
        return execute(
                MOVE_BACK, Map.of("target", merge.targetId, "source", source, "targets", texts(mergedIds, id -> id)));
    }

    private Uni<Void> execute(String sql, Map<String, Object> values) {
        return Panache.getSession()
                .chain(session -> {
                    var query = session.createNativeQuery(sql).setParameter("tenant", caller.tenant());
                    values.forEach(query::setParameter);
                    return query.executeUpdate();
                })
                .replaceWithVoid();
    }

    private static <T> String[] texts(Collection<T> all, Function<T, Object> part) {
        return all.stream().map(part).map(Object::toString).toArray(String[]::new);
    }
}
