package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Snapshots of customers' rows as JSON with all columns, taken and restored inside the caller's transaction. The number
 * and {@code created_at} are restored unchanged, too.
 */
@Singleton
public class CustomerSnapshots {
    private static final String SELECT =
            "SELECT id, cast(to_jsonb(c) AS text) FROM customer c WHERE tenant_id = $1 AND id = ANY("
                    + TenantStatement.array(2, "uuid") + ")";

    private static final String RESTORE = "INSERT INTO customer (" + CustomerTable.ROW + ") SELECT " + CustomerTable.ROW
            + " FROM jsonb_populate_recordset(cast(NULL AS customer), cast($2::text AS jsonb)) AS row"
            + " WHERE tenant_id = $1";

    private static final List<String> COLUMNS = List.of(CustomerTable.VALUES.split(", "));
    private static final String ATTRIBUTES = "attributes";

    private final Caller caller;

    CustomerSnapshots(Caller caller) {
        this.caller = caller;
    }

    /** Returns the rows of customers as JSON text, by customer id. */
    public Uni<Map<UUID, String>> take(Collection<UUID> ids) {
        return TenantStatement.query(caller.tenant(), SELECT, (Object) ids.toArray(UUID[]::new))
                .map(rows -> {
                    Map<UUID, String> snapshots = new LinkedHashMap<>();
                    rows.forEach(row -> snapshots.put((UUID) row[0], (String) row[1]));
                    return snapshots;
                });
    }

    /** Returns the identifiers of the customer of a snapshot. */
    public static Set<Identifier> identifiers(String snapshot) {
        var row = row(snapshot);
        return Identifiers.present(
                row.path("external_id").textValue(),
                row.path("document_key").textValue(),
                row.path("email_key").textValue(),
                row.path("phone_key").textValue());
    }

    /** Returns what a snapshot has of the customer, without what is generated from it. */
    public static ObjectNode values(String snapshot) {
        var row = row(snapshot).retain(COLUMNS);
        row.set(ATTRIBUTES, CustomerJson.parse(row.path(ATTRIBUTES).asText("{}")));
        return row;
    }

    /** Returns the number of a snapshot's customer. */
    public static long number(String snapshot) {
        return row(snapshot).path("number").longValue();
    }

    /** Returns the location of a snapshot's customer, or null. */
    public static String location(String snapshot) {
        return row(snapshot).path("location_id").textValue();
    }

    /** Returns whether the customer of a snapshot is anonymised. */
    public static boolean isAnonymized(String snapshot) {
        return row(snapshot).path("anonymized").asBoolean();
    }

    /**
     * Inserts the rows again under the next version, so that entity tags from before the merge no longer match.
     * External ids and main clusters are left null: another customer may have the external id until later in the
     * transaction.
     */
    Uni<Void> restore(List<String> snapshots) {
        var rows = CustomerJson.emptyObject().arrayNode();
        snapshots.forEach(snapshot -> {
            var row = row(snapshot);
            row.put("version", row.path("version").asLong() + 1);
            row.putNull("external_id");
            row.putNull("cluster_id");
            rows.add(row);
        });
        return TenantStatement.update(caller.tenant(), RESTORE, rows.toString()).replaceWithVoid();
    }

    /** Parses a snapshot. */
    static ObjectNode row(String snapshot) {
        return CustomerJson.parse(snapshot);
    }
}
