package io.clientela.insight;

import io.clientela.customer.SegmentRules;
import io.clientela.database.Select;
import java.util.Optional;

/**
 * The statements of an overview. All figures of a tenant come from one statement, so that they agree. Each part reads
 * an index alone. For a location there is no such index: its customers are read once, and each part reads these.
 */
final class OverviewStatements {
    private static final String COUNTED =
            "status, source, location_id, created_at, first_counted_at, last_counted_at, spending_orders, total_spent";

    private static final String BY_STATUS = """
            SELECT 'status' AS kind, status AS value, count(*) AS customers, NULL::bigint AS of_all
            FROM c GROUP BY status""";

    private static final String BY_SEGMENT = """

            UNION ALL SELECT 'segment', %s, count(*), NULL FROM c WHERE last_counted_at IS NOT NULL GROUP BY 2""";

    private static final String BY_MONTH = """

            UNION ALL SELECT 'month', m.name,
                (SELECT count(*) FROM c WHERE created_at >= m.start AND created_at < m.finish), NULL
            FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) AS m (name, start, finish)""";

    private static final String RANKING = """

            UNION ALL (SELECT '%1$s', %1$s, count(*), cast(sum(count(*)) OVER () AS bigint)
                FROM c WHERE %1$s IS NOT NULL GROUP BY %1$s ORDER BY 3 DESC, 2 LIMIT 20)""";

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
        var segment = segments.expression();
        return customers(COUNTED)
                .add(BY_STATUS)
                .add(BY_SEGMENT.formatted(segment.sql()), segment.values().toArray())
                .add(BY_MONTH, months.names(), months.starts(), months.ends())
                .add(RANKING.formatted("source"))
                .add(RANKING.formatted("location_id"));
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
