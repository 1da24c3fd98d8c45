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
 * Bulk operations on the addresses, calls, orders and clusters of customers. Call them inside a transaction that has
 * locked the customers' rows. They run in the database without loading rows. Versions, history entries and totals are
 * up to the caller.
 */
@ApplicationScoped
public class Activity {
    private static final String COUNT = """
            SELECT c.calls, c.last_at, o.orders, o.spending, o.spent, o.first_at, o.last_at
            FROM (SELECT count(*) AS calls, cast(extract(epoch FROM max(started_at)) * 1000000 AS bigint) AS last_at
                  FROM customer_call WHERE tenant_id = :tenant AND customer_id = :customer) AS c,
                 (SELECT count(*) AS orders,
                         count(*) FILTER (WHERE status NOT IN ('canceled', 'refunded') AND currency = :currency) AS spending,
                         coalesce(sum(total) FILTER (WHERE status NOT IN ('canceled', 'refunded')
                             AND currency = :currency), 0.00) AS spent,
                         cast(extract(epoch FROM min(placed_at)) * 1000000 AS bigint) AS first_at,
                         cast(extract(epoch FROM max(placed_at)) * 1000000 AS bigint) AS last_at
                  FROM customer_order WHERE tenant_id = :tenant AND customer_id = :customer) AS o""";

    // Calls and orders are counted in the customer's row; addresses are few.
    private static final String COUNT_ITEMS = """
            SELECT (SELECT count(*) FROM customer_address
                    WHERE tenant_id = :tenant AND customer_id = ANY(cast(cast(:customers AS text[]) AS uuid[]))),
                   cast(coalesce(sum(call_count), 0) AS bigint), cast(coalesce(sum(total_orders), 0) AS bigint)
            FROM customer WHERE tenant_id = :tenant AND id = ANY(cast(cast(:customers AS text[]) AS uuid[]))""";

    // One default address stays: the target's, or else that of the first source that has one.
    private static final String CLEAR_OTHER_DEFAULTS = """
            UPDATE customer_address SET is_default = false
            WHERE tenant_id = :tenant AND customer_id = ANY(cast(cast(:sources AS text[]) AS uuid[])) AND is_default
              AND id IS DISTINCT FROM (
                  SELECT a.id
                  FROM unnest(cast(cast(:sources AS text[]) AS uuid[])) WITH ORDINALITY AS source(id, position)
                  JOIN customer_address a ON a.tenant_id = :tenant AND a.customer_id = source.id AND a.is_default
                  WHERE NOT EXISTS (SELECT 1 FROM customer_address t
                                    WHERE t.tenant_id = :tenant AND t.customer_id = :target AND t.is_default)
                  ORDER BY source.position LIMIT 1)""";

    private static final String MOVE = "UPDATE %s SET customer_id = :target"
            + " WHERE tenant_id = :tenant AND customer_id = ANY(cast(cast(:sources AS text[]) AS uuid[]))";

    private static final String CLEAR_SECOND_DEFAULT = """
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

    private static final String CLEAR_DEFAULT = "UPDATE customer_address SET is_default = false, updated_at = now()"
            + " WHERE tenant_id = :tenant AND customer_id = :customer AND is_default AND id <> :address";

    private static final String SET_DEFAULT = "UPDATE customer_address SET is_default = true, updated_at = now()"
            + " WHERE tenant_id = :tenant AND customer_id = :customer AND id = :address AND NOT is_default";

    /** The id of no address. */
    private static final UUID UNKNOWN_ID = new UUID(0, 0);

    private final Caller caller;
    private final OrderSettings settings;

    Activity(Caller caller, OrderSettings settings) {
        this.caller = caller;
        this.settings = settings;
    }

    /** Computes the totals from a customer's calls and orders. */
    public Uni<ActivityTotals> count(UUID customer) {
        return rows(COUNT, Object[].class, Map.of("customer", customer, "currency", settings.defaultCurrency()))
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
     * Moves the addresses, calls and orders of the sources to the target. One default address stays: the target's, or
     * else that of the first source that has one.
     *
     * @return the numbers of moved items
     */
    public Uni<MoveCounts> move(Collection<UUID> sources, UUID target) {
        Map<String, Object> values = Map.of("sources", array(sources), "target", target);
        return execute(CLEAR_OTHER_DEFAULTS, values).chain(() -> executeOnAllTables(MOVE, values));
    }

    /**
     * Moves items back that were added to the origins. A default address stays the default unless the receiving
     * customer has another one.
     *
     * @param from the customer that has the items
     * @param to the customer that receives the items
     * @param origins the customers that the items were added to
     * @return the numbers of moved items
     */
    public Uni<MoveCounts> moveBack(UUID from, UUID to, Collection<UUID> origins) {
        Map<String, Object> values = Map.of("source", from, "target", to, "origins", array(origins));
        return execute(CLEAR_SECOND_DEFAULT, values).chain(() -> executeOnAllTables(MOVE_BACK, values));
    }

    /** Returns the numbers of items that {@link #move} would move. */
    public Uni<MoveCounts> countOf(Collection<UUID> customers) {
        return rows(COUNT_ITEMS, Object[].class, Map.of("customers", array(customers)))
                .map(rows -> rows.get(0))
                .map(row -> new MoveCounts(
                        number(row[0]).longValue(),
                        number(row[1]).longValue(),
                        number(row[2]).longValue()));
    }

    /**
     * Returns the clusters that customers are members of, by customer; a main cluster only if it has a membership, too.
     */
    public Uni<Map<UUID, List<UUID>>> clustersOf(Collection<UUID> customers) {
        return rows(CLUSTERS, Object[].class, Map.of("customers", array(customers)))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> (UUID) row[0], Collectors.mapping(row -> (UUID) row[1], Collectors.toList()))));
    }

    /**
     * Adds a customer to clusters; clusters that do not exist are left out.
     *
     * @return the clusters with a new membership
     */
    public Uni<List<UUID>> addClusters(UUID customer, Collection<UUID> clusters) {
        return clusters.isEmpty()
                ? Uni.createFrom().item(List.of())
                : rows(ADD_CLUSTERS, UUID.class, Map.of("customer", customer, "clusters", array(clusters)));
    }

    /**
     * Removes a customer from clusters; the main cluster stays unchanged.
     *
     * @return the number of removed memberships
     */
    public Uni<Integer> removeClusters(UUID customer, Collection<UUID> clusters) {
        return execute(REMOVE_CLUSTERS, Map.of("customer", customer, "clusters", array(clusters)));
    }

    /** Returns the default addresses, by customer. */
    public Uni<Map<UUID, UUID>> defaultAddresses(Collection<UUID> customers) {
        return rows(DEFAULTS, Object[].class, Map.of("customers", array(customers)))
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (UUID) row[0], row -> (UUID) row[1])));
    }

    /**
     * Makes an address the customer's only default address.
     *
     * @param address the address, or null for none
     */
    public Uni<Void> setDefaultAddress(UUID customer, UUID address) {
        Map<String, Object> values = Map.of("customer", customer, "address", address == null ? UNKNOWN_ID : address);
        return execute(CLEAR_DEFAULT, values)
                .chain(() -> execute(SET_DEFAULT, values))
                .replaceWithVoid();
    }

    private Uni<MoveCounts> executeOnAllTables(String statement, Map<String, Object> values) {
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
