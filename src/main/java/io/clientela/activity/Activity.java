package io.clientela.activity;

import io.clientela.customer.ActivityTotals;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What hangs off customers, for features that work on many at once. Every method belongs into a transaction which the
 * caller began and in which the customers' rows are locked. It works in the database only: however much moves, no row
 * of it is loaded. Versions, entries in the history and totals are the caller's.
 */
@ApplicationScoped
public class Activity {
    private static final String COUNT = """
            SELECT c.calls, c.last_at, o.orders, o.spending, o.spent, o.first_at, o.last_at
            FROM (SELECT count(*) AS calls, cast(extract(epoch FROM max(started_at)) * 1000000 AS bigint) AS last_at
                  FROM customer_call WHERE tenant_id = :tenant AND customer_id = :customer) AS c,
                 (SELECT count(*) AS orders,
                         count(*) FILTER (WHERE status NOT IN ('canceled', 'refunded')) AS spending,
                         coalesce(sum(total) FILTER (WHERE status NOT IN ('canceled', 'refunded')), 0.00) AS spent,
                         cast(extract(epoch FROM min(placed_at)) * 1000000 AS bigint) AS first_at,
                         cast(extract(epoch FROM max(placed_at)) * 1000000 AS bigint) AS last_at
                  FROM customer_order WHERE tenant_id = :tenant AND customer_id = :customer) AS o""";

    // Calls and orders are counted with their customer, addresses are few.
    private static final String COUNT_OF = """
            SELECT (SELECT count(*) FROM customer_address
                    WHERE tenant_id = :tenant AND customer_id = ANY(cast(cast(:customers AS text[]) AS uuid[]))),
                   cast(coalesce(sum(call_count), 0) AS bigint), cast(coalesce(sum(total_orders), 0) AS bigint)
            FROM customer WHERE tenant_id = :tenant AND id = ANY(cast(cast(:customers AS text[]) AS uuid[]))""";

    // Of all default addresses that meet at the target one stays: its own, or the one of the first source that has one.
    private static final String ONE_DEFAULT = """
            UPDATE customer_address SET is_default = false
            WHERE tenant_id = :tenant AND customer_id = ANY(cast(cast(:sources AS text[]) AS uuid[])) AND is_default
              AND id IS DISTINCT FROM (
                  SELECT a.id
                  FROM unnest(cast(cast(:sources AS text[]) AS uuid[])) WITH ORDINALITY AS source(id, place)
                  JOIN customer_address a ON a.tenant_id = :tenant AND a.customer_id = source.id AND a.is_default
                  WHERE NOT EXISTS (SELECT 1 FROM customer_address t
                                    WHERE t.tenant_id = :tenant AND t.customer_id = :target AND t.is_default)
                  ORDER BY source.place LIMIT 1)""";

    private static final String MOVE = "UPDATE %s SET customer_id = :target"
            + " WHERE tenant_id = :tenant AND customer_id = ANY(cast(cast(:sources AS text[]) AS uuid[]))";

    private static final String NO_SECOND_DEFAULT = """
            UPDATE customer_address SET is_default = false
            WHERE tenant_id = :tenant AND customer_id = :source AND is_default
              AND origin_id = ANY(cast(cast(:origins AS text[]) AS uuid[]))
              AND EXISTS (SELECT 1 FROM customer_address t
                          WHERE t.tenant_id = :tenant AND t.customer_id = :target AND t.is_default)""";

    private static final String MOVE_BACK = "UPDATE %s SET customer_id = :target"
            + " WHERE tenant_id = :tenant AND customer_id = :source AND origin_id = ANY(cast(cast(:origins AS text[]) AS uuid[]))";

    private static final String CLUSTERS = "SELECT customer_id, cluster_id FROM cluster_member"
            + " WHERE tenant_id = :tenant AND customer_id = ANY(cast(cast(:customers AS text[]) AS uuid[]))"
            + " ORDER BY cluster_id";

    private static final String ADD_CLUSTERS = """
            INSERT INTO cluster_member (tenant_id, cluster_id, customer_id)
            SELECT tenant_id, id, :customer FROM cluster
            WHERE tenant_id = :tenant AND id = ANY(cast(cast(:clusters AS text[]) AS uuid[]))
            ORDER BY id
            ON CONFLICT DO NOTHING RETURNING cluster_id""";

    private static final String REMOVE_CLUSTERS = "DELETE FROM cluster_member WHERE tenant_id = :tenant"
            + " AND customer_id = :customer AND cluster_id = ANY(cast(cast(:clusters AS text[]) AS uuid[]))";

    private static final String DEFAULTS = "SELECT customer_id, id FROM customer_address"
            + " WHERE tenant_id = :tenant AND customer_id = ANY(cast(cast(:customers AS text[]) AS uuid[])) AND is_default";

    private static final String NO_DEFAULT = "UPDATE customer_address SET is_default = false, updated_at = now()"
            + " WHERE tenant_id = :tenant AND customer_id = :customer AND is_default AND id <> :address";

    private static final String SET_DEFAULT = "UPDATE customer_address SET is_default = true, updated_at = now()"
            + " WHERE tenant_id = :tenant AND customer_id = :customer AND id = :address AND NOT is_default";

    /** An id that no address has. */
    private static final UUID UNKNOWN_ID = new UUID(0, 0);

    private final Caller caller;

    Activity(Caller caller) {
        this.caller = caller;
    }

    /** Counts anew what a customer's calls and orders come to. */
    public Uni<ActivityTotals> count(UUID customer) {
        return rows(COUNT, Object[].class, Map.of("customer", customer))
                .map(rows -> rows.get(0))
                .map(row -> new ActivityTotals(
                        number(row[0]).intValue(),
                        timestamp(row[1]),
                        number(row[2]).intValue(),
                        number(row[3]).intValue(),
                        ((BigDecimal) row[4]).setScale(2),
                        timestamp(row[5]),
                        timestamp(row[6])));
    }

    /**
     * Moves everything of some customers to another one. Of the default addresses one stays: the target's, or else the
     * first source's, in the order given.
     *
     * @return how much moved
     */
    public Uni<MoveCounts> move(Collection<UUID> sources, UUID target) {
        Map<String, Object> values = Map.of("sources", array(sources), "target", target);
        return execute(ONE_DEFAULT, values).chain(() -> each(MOVE, values));
    }

    /**
     * Gives back what one customer has by now and was first added to others. A default address that is given back stays
     * one, unless the other customer has another.
     *
     * @param from who has it
     * @param to who gets it
     * @param origins to whom it was first added
     * @return how much moved
     */
    public Uni<MoveCounts> moveBack(UUID from, UUID to, Collection<UUID> origins) {
        Map<String, Object> values = Map.of("source", from, "target", to, "origins", array(origins));
        return execute(NO_SECOND_DEFAULT, values).chain(() -> each(MOVE_BACK, values));
    }

    /** How much some customers have together: what {@link #move} would move. */
    public Uni<MoveCounts> countOf(Collection<UUID> customers) {
        return rows(COUNT_OF, Object[].class, Map.of("customers", array(customers)))
                .map(rows -> rows.get(0))
                .map(row -> new MoveCounts(
                        number(row[0]).longValue(),
                        number(row[1]).longValue(),
                        number(row[2]).longValue()));
    }

    /** The clusters that customers are members of, by customer; a main one only if they are a member of it, too. */
    public Uni<Map<UUID, List<UUID>>> clustersOf(Collection<UUID> customers) {
        return rows(CLUSTERS, Object[].class, Map.of("customers", array(customers)))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> (UUID) row[0], Collectors.mapping(row -> (UUID) row[1], Collectors.toList()))));
    }

    /**
     * Makes a customer a member of clusters; those that are not there by now are left out.
     *
     * @return the clusters that they were not a member of before
     */
    public Uni<List<UUID>> addClusters(UUID customer, Collection<UUID> clusters) {
        return clusters.isEmpty()
                ? Uni.createFrom().item(List.of())
                : rows(ADD_CLUSTERS, UUID.class, Map.of("customer", customer, "clusters", array(clusters)));
    }

    /**
     * Ends a customer's membership of clusters; the main one stays what it is.
     *
     * @return how many memberships that were
     */
    public Uni<Integer> removeClusters(UUID customer, Collection<UUID> clusters) {
        return execute(REMOVE_CLUSTERS, Map.of("customer", customer, "clusters", array(clusters)));
    }

    /** The default addresses of those customers who have one, by customer. */
    public Uni<Map<UUID, UUID>> defaultAddresses(Collection<UUID> customers) {
        return rows(DEFAULTS, Object[].class, Map.of("customers", array(customers)))
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (UUID) row[0], row -> (UUID) row[1])));
    }

    /**
     * Makes one of a customer's addresses the default, instead of any other.
     *
     * @param address the address, or null for none
     */
    public Uni<Void> setDefaultAddress(UUID customer, UUID address) {
        Map<String, Object> values = Map.of("customer", customer, "address", address == null ? UNKNOWN_ID : address);
        return execute(NO_DEFAULT, values)
                .chain(() -> execute(SET_DEFAULT, values))
                .replaceWithVoid();
    }

    private Uni<MoveCounts> each(String statement, Map<String, Object> values) {
        return execute(statement.formatted("customer_address"), values)
                .chain(addresses -> execute(statement.formatted("customer_call"), values)
                        .chain(calls -> execute(statement.formatted("customer_order"), values)
                                .map(orders -> new MoveCounts(addresses, calls, orders))));
    }

    private <T> Uni<List<T>> rows(String sql, Class<T> type, Map<String, Object> values) {
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(sql, type).setParameter("tenant", caller.tenant());
            values.forEach(query::setParameter);
            return query.getResultList();
        });
    }

    private Uni<Integer> execute(String sql, Map<String, Object> values) {
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(sql).setParameter("tenant", caller.tenant());
            values.forEach(query::setParameter);
            return query.executeUpdate();
        });
    }

    private static String[] array(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }

    private static Number number(Object column) {
        return (Number) column;
    }

    private static Instant timestamp(Object micros) {
        return micros == null ? null : Instant.EPOCH.plus(number(micros).longValue(), ChronoUnit.MICROS);
    }
}
