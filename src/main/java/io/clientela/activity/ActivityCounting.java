package io.clientela.activity;

import io.clientela.customer.ActivityCounter;
import io.clientela.customer.ActivityCounts;
import io.clientela.database.RowReader;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Counts the addresses, calls, orders and clusters of customers. */
@Singleton
class ActivityCounting implements ActivityCounter {
    private static final String OPEN = "status IN ('pending', 'paid', 'shipped')";

    private static final String COUNT_OPEN =
            "SELECT count(*) FROM customer_order WHERE tenant_id = $1 AND customer_id = $2 AND " + OPEN;

    // The total numbers of calls and orders are in the customer's row. A main cluster may have a membership, too.
    private static final String COUNT = """
            SELECT c.version, cast(c.call_count AS bigint), cast(c.total_orders AS bigint),
                   (SELECT count(*) FROM customer_order
                    WHERE tenant_id = $1 AND customer_id = $2 AND %s),
                   (SELECT count(*) FROM customer_call
                    WHERE tenant_id = $1 AND customer_id = $2 AND started_at >= $3)
                 + (SELECT count(*) FROM customer_order
                    WHERE tenant_id = $1 AND customer_id = $2 AND placed_at >= $3),
                   (SELECT count(*) FROM customer_address WHERE tenant_id = $1 AND customer_id = $2),
                   (SELECT count(*) FROM cluster_member
                    WHERE tenant_id = $1 AND customer_id = $2 AND cluster_id IS DISTINCT FROM c.cluster_id)
                 + num_nonnulls(c.cluster_id)
            FROM customer c
            WHERE c.tenant_id = $1 AND c.id = $2 AND (cast($4 AS text) IS NULL OR c.location_id = $4)""".formatted(OPEN);

    private final Caller caller;

    ActivityCounting(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Uni<Optional<ActivityCounts>> count(UUID customer, Instant recentSince) {
        return TenantStatement.query(
                        caller.tenant(),
                        COUNT,
                        customer,
                        recentSince.atOffset(ZoneOffset.UTC),
                        caller.confinement().orElse(null))
                .map(ActivityCounting::counts);
    }

    private static Optional<ActivityCounts> counts(List<Object[]> rows) {
        return rows.stream()
                .map(RowReader::of)
                .map(row -> new ActivityCounts(
                        row.<Long>next(),
                        row.<Long>next(),
                        row.<Long>next(),
                        row.<Long>next(),
                        row.<Long>next(),
                        row.<Long>next(),
                        row.<Long>next()))
                .findFirst();
    }

    @Override
    public Uni<Long> countOpenOrders(UUID customer) {
        return TenantStatement.query(caller.tenant(), COUNT_OPEN, customer).map(rows -> (Long) rows.get(0)[0]);
    }
}
