package io.clientela.customer;

import io.clientela.database.TenantStatement;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads the aliases of customers: identifiers of customers that were merged into them (ADR 8). */
final class CustomerAliases {
    private static final String OF_CUSTOMERS = "SELECT DISTINCT customer_id, kind, key FROM customer_alias"
            + " WHERE tenant_id = $1 AND customer_id = ANY(" + TenantStatement.array(2, "uuid") + ")";

    private CustomerAliases() {}

    /** Returns the aliases by customer; customers without aliases are missing. */
    static Uni<Map<UUID, Set<Identifier>>> of(String tenant, Collection<UUID> customers) {
        return customers.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : TenantStatement.query(tenant, OF_CUSTOMERS, (Object) customers.toArray(UUID[]::new))
                        .map(rows -> rows.stream()
                                .collect(Collectors.groupingBy(
                                        row -> (UUID) row[0],
                                        Collectors.mapping(CustomerAliases::identifier, Collectors.toSet()))));
    }

    private static Identifier identifier(Object[] row) {
        return new Identifier(Identifier.Kind.valueOf(((String) row[1]).toUpperCase(Locale.ROOT)), (String) row[2]);
    }
}
