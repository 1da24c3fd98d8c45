package io.clientela.insight;

import io.clientela.customer.Segment;
import io.clientela.customer.SegmentRules;
import io.clientela.database.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements of an overview. All figures of a tenant come from one statement, so that they agree. Each part reads
 * an index alone. For a location there is no such index: its customers are read once, and each part reads these.
 */
final class OverviewStatements {
    private static final String COUNTED =
            "status, source, location_id, created_at, first_counted_at, last_counted_at, spending_orders, total_spent";

    /**
     * Rows of equal values, which are few, so that the customers are read once for all that is counted by them. All
     * statuses are named, since they lead the index.
     */
    private static final String BY_STATUS = """
            , counted AS MATERIALIZED (
                SELECT status, source, location_id, count(*) AS customers FROM c
                WHERE status IN ('active', 'inactive', 'blocked') GROUP BY status, source, location_id)
            SELECT 'status' AS kind, status AS value, cast(sum(customers) AS bigint) AS customers,
                NULL::bigint AS of_all
            FROM counted GROUP BY status""";

    private static final String RANKING = """

            UNION ALL (SELECT '%1$s', %1$s, cast(sum(customers) AS bigint), cast(sum(sum(customers)) OVER () AS bigint)
                FROM counted WHERE %1$s IS NOT NULL GROUP BY %1$s ORDER BY 3 DESC, 2 LIMIT 20)""";

    private static final String BY_MONTH = """

            UNION ALL SELECT 'month', m.name,
                (SELECT count(*) FROM c WHERE created_at >= m.start AND created_at < m.finish), NULL
            FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) AS m (name, start, finish)""";

    /** A count of each segment, of which PostgreSQL runs several workers. For GROUP BY it would expect many groups. */
    private static final String BY_SEGMENT = """

            UNION ALL SELECT 'segment', s.value, s.customers, NULL
            FROM (SELECT %s FROM c WHERE last_counted_at IS NOT NULL) AS n,
                LATERAL (VALUES %s) AS s (value, customers)""";

    private static final String TOP = """
            SELECT id, name, total_spent, total_orders FROM c
            WHERE total_spent > 0 AND NOT anonymized ORDER BY total_spent DESC, id DESC LIMIT 10""";

    private final String tenant;
    private final Optional<String> location;

    OverviewStatements(String tenant, Optional<String> location) {
        this.tenant = tenant;
        this.location = location;
    }

    /**
     * Returns the statement that counts customers by kind and value. Of rankings, each row has how many customers have
     * any value. Customers without counted orders are in no segment.
     */
    Select counts(SegmentRules segments, SignupMonths months) {
        var select = customers(COUNTED)
                .add(BY_STATUS)
                .add(RANKING.formatted("source"))
                .add(RANKING.formatted("location_id"))
                .add(BY_MONTH, months.names(), months.starts(), months.ends());
        return addSegments(select, segments);
    }

    private static Select addSegments(Select select, SegmentRules rules) {
        List<String> counts = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (var segment : Segment.values()) {
            if (segment != Segment.LEAD) {
                var condition = rules.condition(segment);
                counts.add("count(*) FILTER (WHERE " + condition.sql() + ") AS " + segment + "_customers");
                rows.add("('" + segment + "', " + segment + "_customers)");
                values.addAll(condition.values());
            }
        }
        return select.add(BY_SEGMENT.formatted(String.join(", ", counts), String.join(", ", rows)), values.toArray());
    }

    /** Returns the statement of the ten customers who spent most. */
    Select top() {
        return customers("id, name, total_spent, total_orders, anonymized").add(TOP);
    }

    private Select customers(String columns) {
        var select = new Select(true)
                .add("WITH c AS " + (location.isPresent() ? "MATERIALIZED" : "NOT MATERIALIZED"))
                .add(" (SELECT " + columns + " FROM customer WHERE tenant_id = ?", tenant);
        location.ifPresent(at -> select.add(" AND location_id = ?", at));
        return select.add(") ");
    }
}
