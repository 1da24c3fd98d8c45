package io.clientela.activity;

import io.clientela.customer.ActivityTotals;
import io.clientela.customer.Spending;
import io.clientela.database.RowReader;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.data.Numeric;
import jakarta.enterprise.context.ApplicationScoped;
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
    private static final String IDS = TenantStatement.array(2, "uuid");
    private static final String ITEM_IDS = TenantStatement.array(3, "uuid");
    private static final String CLUSTER_IDS = TenantStatement.array(3, "uuid");
    private static final String ORIGIN_IDS = TenantStatement.array(4, "uuid");

    private static final String COUNT = """
            SELECT wanted.id, coalesce(c.calls, 0), c.last_at, coalesce(o.orders, 0), o.first_at, o.last_at,
                   coalesce(o.spending, 0), coalesce(o.spent, 0.00), o.first_counted, o.last_counted
            FROM unnest(%1$s) AS wanted(id)
            LEFT JOIN (SELECT customer_id, count(*) AS calls, max(started_at) AS last_at
                       FROM customer_call
                       WHERE tenant_id = $1 AND customer_id = ANY(%1$s)
                         AND NOT EXISTS (SELECT FROM unnest(%2$s) AS item(id) WHERE item.id = customer_call.id)
                       GROUP BY customer_id) AS c ON c.customer_id = wanted.id
            LEFT JOIN (SELECT customer_id, count(*) AS orders, min(placed_at) AS first_at, max(placed_at) AS last_at,
                              count(*) FILTER (WHERE counts) AS spending,
                              sum(total) FILTER (WHERE counts) AS spent,
                              min(placed_at) FILTER (WHERE counts) AS first_counted,
                              max(placed_at) FILTER (WHERE counts) AS last_counted
                       FROM (SELECT customer_id, total, placed_at,
                                    status NOT IN ('canceled', 'refunded') AND currency = $4 AS counts
                             FROM customer_order
                             WHERE tenant_id = $1 AND customer_id = ANY(%1$s)
                               AND NOT EXISTS (SELECT FROM unnest(%2$s) AS item(id) WHERE item.id = customer_order.id)
                            ) AS placed
                       GROUP BY customer_id) AS o ON o.customer_id = wanted.id""".formatted(IDS, ITEM_IDS);

    // Calls and orders are counted in the customer's row; addresses are few.
    private static final String COUNT_ITEMS = """
            SELECT (SELECT count(*) FROM customer_address
                    WHERE tenant_id = $1 AND customer_id = ANY(%1$s)),
                   cast(coalesce(sum(call_count), 0) AS bigint), cast(coalesce(sum(total_orders), 0) AS bigint)
            FROM customer WHERE tenant_id = $1 AND id = ANY(%1$s)""".formatted(IDS);

    // One default address stays: the target's, or else that of the first source that has one.
    private static final String CLEAR_OTHER_DEFAULTS = """
            UPDATE customer_address SET is_default = false
            WHERE tenant_id = $1 AND customer_id = ANY(%1$s) AND is_default
              AND id IS DISTINCT FROM (
                  SELECT a.id
                  FROM unnest(%1$s) WITH ORDINALITY AS source(id, position)
                  JOIN customer_address a ON a.tenant_id = $1 AND a.customer_id = source.id AND a.is_default
                  WHERE NOT EXISTS (SELECT 1 FROM customer_address t
                                    WHERE t.tenant_id = $1 AND t.customer_id = $3 AND t.is_default)
                  ORDER BY source.position LIMIT 1)""".formatted(IDS);

    private static final String MOVE =
            "UPDATE %s SET customer_id = $3 WHERE tenant_id = $1 AND customer_id = ANY(" + IDS + ")";

    private static final String CLEAR_SECOND_DEFAULT = """
            UPDATE customer_address SET is_default = false
            WHERE tenant_id = $1 AND customer_id = $2 AND is_default
              AND origin_id = ANY(%s)
              AND EXISTS (SELECT 1 FROM customer_address t
                          WHERE t.tenant_id = $1 AND t.customer_id = $3 AND t.is_default)""".formatted(ORIGIN_IDS);

    private static final String MOVE_BACK = "UPDATE %s SET customer_id = $3"
            + " WHERE tenant_id = $1 AND customer_id = $2 AND origin_id = ANY(" + ORIGIN_IDS + ")";

    private static final String CLUSTERS = "SELECT customer_id, cluster_id FROM cluster_member"
            + " WHERE tenant_id = $1 AND customer_id = ANY(" + IDS + ")"
            + " ORDER BY cluster_id";

    private static final String ADD_CLUSTERS = """
            INSERT INTO cluster_member (tenant_id, cluster_id, customer_id)
            SELECT tenant_id, id, $2::uuid FROM cluster
            WHERE tenant_id = $1 AND id = ANY(%s)
            ORDER BY id
            ON CONFLICT DO NOTHING RETURNING cluster_id""".formatted(CLUSTER_IDS);

    private static final String REMOVE_CLUSTERS = "DELETE FROM cluster_member WHERE tenant_id = $1"
            + " AND customer_id = $2 AND cluster_id = ANY(" + CLUSTER_IDS + ")";

    private static final String DEFAULTS = "SELECT customer_id, id FROM customer_address"
            + " WHERE tenant_id = $1 AND customer_id = ANY(" + IDS + ") AND is_default";

    private static final String CLEAR_DEFAULT = "UPDATE customer_address SET is_default = false, updated_at = now()"
            + " WHERE tenant_id = $1 AND customer_id = $2 AND is_default AND id <> $3";

    private static final String SET_DEFAULT = "UPDATE customer_address SET is_default = true, updated_at = now()"
            + " WHERE tenant_id = $1 AND customer_id = $2 AND id = $3 AND NOT is_default";

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
        return countWithout(List.of(customer), List.of()).map(totals -> totals.get(customer));
    }

    /**
     * Computes the totals of customers from their calls and orders, but for these.
     *
     * @param items ids of calls or orders that are left out
     * @return the totals of each customer
     */
    Uni<Map<UUID, ActivityTotals>> countWithout(Collection<UUID> customers, Collection<UUID> items) {
        return TenantStatement.query(caller.tenant(), COUNT, array(customers), array(items), settings.defaultCurrency())
                .map(rows -> rows.stream()
                        .map(RowReader::of)
                        .collect(Collectors.toMap(RowReader::<UUID>next, Activity::totals)));
    }

    private static ActivityTotals totals(RowReader row) {
        return new ActivityTotals(
                row.<Long>next().intValue(),
                row.nextTimestamp(),
                row.<Long>next().intValue(),
                row.nextTimestamp(),
                row.nextTimestamp(),
                new Spending(
                        row.<Long>next().intValue(),
                        row.<Numeric>next().bigDecimalValue().setScale(2),
                        row.nextTimestamp(),
                        row.nextTimestamp()));
    }

    /**
     * Moves the addresses, calls and orders of the sources to the target. One default address stays: the target's, or
     * else that of the first source that has one.
     *
     * @return the numbers of moved items
     */
    public Uni<MoveCounts> move(Collection<UUID> sources, UUID target) {
        return move(CLEAR_OTHER_DEFAULTS, MOVE, array(sources), target);
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
        return move(CLEAR_SECOND_DEFAULT, MOVE_BACK, from, to, array(origins));
    }

    private Uni<MoveCounts> move(String clearDefaults, String move, Object... values) {
        return TenantStatement.pipelined(
                update(clearDefaults, values),
                Uni.combine()
                        .all()
                        .unis(
                                update(move.formatted("customer_address"), values),
                                update(move.formatted("customer_call"), values),
                                update(move.formatted("customer_order"), values))
                        .with(MoveCounts::new));
    }

    /** Returns the numbers of items that {@link #move} would move. */
    public Uni<MoveCounts> countOf(Collection<UUID> customers) {
        return TenantStatement.query(caller.tenant(), COUNT_ITEMS, (Object) array(customers))
                .map(rows -> RowReader.of(rows.get(0)))
                .map(row -> new MoveCounts(row.<Long>next(), row.<Long>next(), row.<Long>next()));
    }

    /**
     * Returns the clusters that customers are members of, by customer; a main cluster only if it has a membership, too.
     */
    public Uni<Map<UUID, List<UUID>>> clustersOf(Collection<UUID> customers) {
        return TenantStatement.query(caller.tenant(), CLUSTERS, (Object) array(customers))
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
                : TenantStatement.query(caller.tenant(), ADD_CLUSTERS, customer, array(clusters))
                        .map(rows -> rows.stream().map(row -> (UUID) row[0]).toList());
    }

    /**
     * Removes a customer from clusters; the main cluster stays unchanged.
     *
     * @return the number of removed memberships
     */
    public Uni<Integer> removeClusters(UUID customer, Collection<UUID> clusters) {
        return update(REMOVE_CLUSTERS, customer, array(clusters));
    }

    /** Returns the default addresses, by customer. */
    public Uni<Map<UUID, UUID>> defaultAddresses(Collection<UUID> customers) {
        return TenantStatement.query(caller.tenant(), DEFAULTS, (Object) array(customers))
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (UUID) row[0], row -> (UUID) row[1])));
    }

    /**
     * Makes an address the customer's only default address.
     *
     * @param address the address, or null for none
     */
    public Uni<Void> setDefaultAddress(UUID customer, UUID address) {
        var id = address == null ? UNKNOWN_ID : address;
        return TenantStatement.pipelined(update(CLEAR_DEFAULT, customer, id), update(SET_DEFAULT, customer, id))
                .replaceWithVoid();
    }

    private Uni<Integer> update(String sql, Object... values) {
        return TenantStatement.update(caller.tenant(), sql, values);
    }

    private static UUID[] array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
