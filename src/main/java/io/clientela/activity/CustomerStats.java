package io.clientela.activity;

import io.clientela.customer.Inclusion;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The totals of calls and orders for {@code include=stats}: those that are stored in the customers' rows, and the sums
 * of their orders by currency.
 */
@Singleton
class CustomerStats implements Inclusion {
    // The sums are computed once, whatever plan was made while the tables were empty.
    private static final String OF_CUSTOMERS = """
            WITH sums AS MATERIALIZED (
                SELECT customer_id, currency, count(*) AS orders,
                       coalesce(sum(total) FILTER (WHERE status NOT IN ('canceled', 'refunded')), 0.00) AS spent
                FROM customer_order WHERE tenant_id = $1 AND customer_id = ANY(%1$s)
                GROUP BY customer_id, currency)
            SELECT c.id, c.call_count, c.last_call_at, c.total_orders, c.spending_orders, c.total_spent,
                   c.first_order_at, c.last_order_at, o.currency, o.orders, o.spent
            FROM customer c LEFT JOIN sums o ON o.customer_id = c.id
            WHERE c.tenant_id = $1 AND c.id = ANY(%1$s)
            ORDER BY c.id, o.currency""".formatted(TenantStatement.array(2, "uuid"));

    private final Database database;

    CustomerStats(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "stats";
    }

    @Override
    public Uni<Map<UUID, StatsView>> load(String tenant, Collection<UUID> customers) {
        return database.query(OF_CUSTOMERS, Tuple.of(tenant, customers.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, StatsView> stats = new HashMap<>();
                    for (Row row : rows) {
                        var view = stats.computeIfAbsent(row.getUUID("id"), id -> view(row));
                        if (row.getString("currency") != null) {
                            view.byCurrency()
                                    .put(
                                            row.getString("currency"),
                                            new CurrencyStats(row.getLong("orders"), row.getBigDecimal("spent")));
                        }
                    }
                    return stats;
                });
    }

    @Override
    public Object emptyValue() {
        return new StatsView(0, null, 0, BigDecimal.ZERO.setScale(2), null, null, null, Map.of());
    }

    private static StatsView view(Row row) {
        return new StatsView(
                row.getInteger("call_count"),
                timestamp(row.getOffsetDateTime("last_call_at")),
                row.getInteger("total_orders"),
                row.getBigDecimal("total_spent"),
                average(row.getBigDecimal("total_spent"), row.getInteger("spending_orders")),
                day(row.getOffsetDateTime("first_order_at")),
                day(row.getOffsetDateTime("last_order_at")),
                new LinkedHashMap<>());
    }

    private static BigDecimal average(BigDecimal spent, int orders) {
        return orders == 0 ? null : spent.divide(BigDecimal.valueOf(orders), 2, RoundingMode.HALF_UP);
    }

    private static Instant timestamp(OffsetDateTime column) {
        return column == null ? null : column.toInstant();
    }

    private static LocalDate day(OffsetDateTime column) {
        return column == null
                ? null
                : column.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    }
}
