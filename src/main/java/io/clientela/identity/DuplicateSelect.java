package io.clientela.identity;

import io.clientela.database.Select;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * The statements that read pairs of a tenant and the pairs that are dismissed.
 *
 * <p>A dismissal is of two customers and of all that they are merged into: it is followed through the merges when it is
 * read, so that an undo needs to restore nothing.
 */
final class DuplicateSelect {
    /** The dismissed pairs of which a customer was merged, after each merge. */
    private static final String MOVED = """
            WITH RECURSIVE moved (a, b) AS (
                SELECT coalesce(x.merged_into, d.a), coalesce(y.merged_into, d.b)
                FROM duplicate_dismissal d
                LEFT JOIN merged_customer x ON x.tenant_id = d.tenant_id AND x.id = d.a
                LEFT JOIN merged_customer y ON y.tenant_id = d.tenant_id AND y.id = d.b
                WHERE d.tenant_id = ? AND (x.id IS NOT NULL OR y.id IS NOT NULL)
                UNION
                SELECT coalesce(x.merged_into, m.a), coalesce(y.merged_into, m.b)
                FROM moved m
                LEFT JOIN merged_customer x ON x.tenant_id = ? AND x.id = m.a
                LEFT JOIN merged_customer y ON y.tenant_id = ? AND y.id = m.b
                WHERE x.id IS NOT NULL OR y.id IS NOT NULL)
            """;

    private static final String NOT_DISMISSED = " AND NOT EXISTS (SELECT FROM duplicate_dismissal d"
            + " WHERE d.tenant_id = p.tenant_id AND d.a = p.a AND d.b = p.b)"
            + " AND NOT EXISTS (SELECT FROM moved m WHERE least(m.a, m.b) = p.a AND greatest(m.a, m.b) = p.b)";

    private static final String AT_LOCATION = " AND EXISTS (SELECT FROM customer c"
            + " WHERE c.tenant_id = p.tenant_id AND c.id = %s AND c.location_id = ?)";

    private final String tenant;
    private final Optional<String> location;

    /**
     * Creates the statements of a caller.
     *
     * @param location where both customers of a pair must be, or empty for anywhere
     */
    DuplicateSelect(String tenant, Optional<String> location) {
        this.tenant = tenant;
        this.location = location;
    }

    /** Adds a selection from the pairs that are not dismissed, as {@code p}. */
    Select addPairs(Select select, String columns, BigDecimal minScore, Optional<UUID> customer) {
        select.add(MOVED, tenant, tenant, tenant);
        if (customer.isPresent()) {
            select.add(
                            "SELECT " + columns + " FROM ("
                                    + "SELECT * FROM duplicate_pair WHERE tenant_id = ? AND a = ?",
                            tenant,
                            customer.get())
                    .add(
                            " UNION ALL SELECT * FROM duplicate_pair WHERE tenant_id = ? AND b = ?) AS p",
                            tenant,
                            customer.get());
        } else {
            select.add("SELECT " + columns + " FROM duplicate_pair p");
        }
        select.add(" WHERE p.tenant_id = ? AND p.score >= ?" + NOT_DISMISSED, tenant, minScore);
        location.ifPresent(at -> select.add(AT_LOCATION.formatted("p.a"), at).add(AT_LOCATION.formatted("p.b"), at));
        return select;
    }

    /** Returns the selection of the pairs of customers who are not the same. */
    Select dismissed(int max) {
        return new Select(true)
                .add(MOVED, tenant, tenant, tenant)
                .add("SELECT a, b FROM duplicate_dismissal WHERE tenant_id = ?", tenant)
                .add(" UNION SELECT a, b FROM moved LIMIT ?", (long) max);
    }
}
