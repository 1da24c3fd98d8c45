package io.clientela.activity;

import io.clientela.customer.Inclusion;
import io.clientela.database.Database;
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
import java.util.Map;
import java.util.UUID;

/** The totals of calls and orders for {@code include=stats}, read from the customers' rows. */
@Singleton
class CustomerStats implements Inclusion {
    private static final String OF_CUSTOMERS =
            "SELECT id, call_count, last_call_at, total_orders, spending_orders, total_spent, first_order_at,"
                    + " last_order_at FROM customer WHERE tenant_id = $1 AND id = ANY($2)";

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
                    rows.forEach(row -> stats.put(row.getUUID("id"), view(row)));
                    return stats;
                });
    }

    @Override
    public Object emptyValue() {
        return new StatsView(0, null, 0, BigDecimal.ZERO.setScale(2), null, null, null);
    }

    private static StatsView view(Row row) {
        return new StatsView(
                row.getInteger("call_count"),
                timestamp(row.getOffsetDateTime("last_call_at")),
                row.getInteger("total_orders"),
                row.getBigDecimal("total_spent"),
                average(row.getBigDecimal("total_spent"), row.getInteger("spending_orders")),
                day(row.getOffsetDateTime("first_order_at")),
                day(row.getOffsetDateTime("last_order_at")));
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
