package io.clientela.customer;

import io.clientela.database.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Chooses how a page of a segment is found, by how many customers the segment has. PostgreSQL would guess by its
 * statistics, which are of all tenants together: where a segment is frequent elsewhere and empty in a large tenant, it
 * would read all customers of the tenant in the order of the list.
 */
final class SegmentFilter {
    /** So many customers are sorted in no time, and of more, a page is soon found in the order of the list. */
    private static final int FEW = 2000;

    private static final String IS_FEW =
            " AND (SELECT count(*) FROM few) <= " + FEW + " AND id = ANY(ARRAY(SELECT few.id FROM few))";

    private static final String IS_MANY = " AND (SELECT count(*) FROM few) > " + FEW;

    private final SegmentRules.Condition condition;

    SegmentFilter(SegmentRules.Condition condition) {
        this.condition = condition;
    }

    /**
     * Returns the statement of a page: two of which PostgreSQL runs one. The order of the first customers makes it read
     * the index of the segment.
     *
     * @param rows adds the statement of a page with a further condition
     */
    Select page(String tenant, BiConsumer<Select, String> rows) {
        List<Object> values = new ArrayList<>(List.of(tenant));
        values.addAll(condition.values());
        var select = new Select(true)
                .add(
                        "WITH few AS MATERIALIZED (SELECT id FROM customer WHERE tenant_id = ? AND " + condition.sql()
                                + " ORDER BY last_counted_at LIMIT " + (FEW + 1) + ") (",
                        values.toArray());
        rows.accept(select, IS_FEW);
        select.add(") UNION ALL (");
        rows.accept(select, IS_MANY);
        return select.add(")");
    }
}
