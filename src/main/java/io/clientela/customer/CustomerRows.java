package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Writes the rows of customers, any number by one statement (ADR 9). A row is the customer's view as JSON with what the
 * view nests or leaves out; PostgreSQL reads the columns from it by name.
 */
@Singleton
class CustomerRows {
    /** The columns of a new customer. */
    private static final String WRITTEN = "id, number, created_at, version, external_id, type, status, role, name,"
            + " first_name, last_name, company_name, email, email_key, email_verified, phone, phone_key, document,"
            + " document_key, document_type, document_valid, state_registration, source, avatar, birthday, address, tags,"
            + " location_id, cluster_id, value, auto_payment, notes, order_updates, promotions, newsletter, whatsapp,"
            + " social_driver, social_id, utm_source, utm_campaign, attributes, updated_at";

    private static final String FROM_ROWS =
            " FROM json_populate_recordset(cast(NULL AS customer), cast($2::text AS json)) AS written";

    private static final String INSERT =
            "INSERT INTO customer (tenant_id, " + WRITTEN + ") SELECT $1, " + WRITTEN + FROM_ROWS;

    private static final String CLEAR_EXTERNAL_IDS =
            "UPDATE customer SET external_id = NULL WHERE tenant_id = $1 AND id = ANY($2::uuid[])";

    /** The columns of the members of the view that are not columns themselves. */
    private static final Map<String, List<String>> NESTED = Map.of(
            "preferences", List.of("order_updates", "promotions", "newsletter", "whatsapp"),
            "social", List.of("social_driver", "social_id"),
            "utm", List.of("utm_source", "utm_campaign"));

    private final Caller caller;
    private final CustomerJson json;

    CustomerRows(Caller caller, CustomerJson json) {
        this.caller = caller;
        this.json = json;
    }

    /**
     * Returns the statements that insert new customers and update locked ones. Updates come first: a new customer may
     * have an external id that another one gave up.
     */
    List<Uni<Void>> save(List<LockedCustomer> customers) {
        var inserted = customers.stream().filter(LockedCustomer::isNew).toList();
        var updated = customers.stream().filter(customer -> !customer.isNew()).toList();
        List<Uni<Void>> statements = new ArrayList<>();
        if (!updated.isEmpty()) {
            clearExternalIds(updated, statements);
            var columns = new TreeSet<String>();
            updated.forEach(customer -> columns.addAll(changedColumns(customer)));
            statements.add(write(update(columns), updated, columns));
        }
        if (!inserted.isEmpty()) {
            statements.add(write(INSERT, inserted, Set.of()));
        }
        return statements;
    }

    /**
     * An external id may move from one customer to another, and PostgreSQL checks that it is unique row by row, so
     * those that are given up are cleared first.
     */
    private void clearExternalIds(List<LockedCustomer> customers, List<Uni<Void>> statements) {
        var givenUp = customers.size() == 1
                ? new UUID[0]
                : customers.stream()
                        .filter(LockedCustomer::givesUpExternalId)
                        .map(LockedCustomer::id)
                        .toArray(UUID[]::new);
        if (givenUp.length > 0) {
            statements.add(TenantStatement.update(caller.tenant(), CLEAR_EXTERNAL_IDS, (Object) givenUp)
                    .replaceWithVoid());
        }
    }

    private static Set<String> changedColumns(LockedCustomer customer) {
        var columns = new TreeSet<>(customer.changedInRow());
        columns.add("version");
        columns.add("updated_at");
        for (var change : customer.changes()) {
            change.changes()
                    .fieldNames()
                    .forEachRemaining(field -> columns.addAll(NESTED.getOrDefault(field, List.of(field))));
        }
        return columns;
    }

    /**
     * Only changed columns are set: PostgreSQL then computes no generated column and changes no index for the others.
     */
    private static String update(Set<String> columns) {
        var names = String.join(", ", columns);
        return "UPDATE customer SET (" + names + ") = ROW (written." + names.replace(", ", ", written.") + ")"
                + FROM_ROWS + " WHERE customer.tenant_id = $1 AND customer.id = written.id";
    }

    /** Writes rows with these columns, or with all. */
    private Uni<Void> write(String statement, List<LockedCustomer> customers, Set<String> columns) {
        var rows = json.emptyObject().arrayNode();
        for (var customer : customers) {
            var row = row(customer);
            rows.add(
                    columns.isEmpty()
                            ? row
                            : row.retain(columns).put("id", customer.id().toString()));
        }
        return TenantStatement.update(caller.tenant(), statement, rows.toString())
                .invoke(written -> {
                    if (written != customers.size()) {
                        throw new IllegalStateException(written + " of " + customers.size() + " rows were written");
                    }
                })
                .replaceWithVoid();
    }

    private static ObjectNode row(LockedCustomer customer) {
        var view = customer.before();
        var row = view.objectNode();
        row.setAll(view);
        row.setAll((ObjectNode) view.get("preferences"));
        row.set("social_driver", view.path("social").get("driver"));
        row.set("social_id", view.path("social").get("id"));
        row.set("utm_source", view.path("utm").get("source"));
        row.set("utm_campaign", view.path("utm").get("campaign"));
        row.put("attributes", customer.entity().attributes);
        row.setAll(customer.entity().unshown());
        return row.without(NESTED.keySet());
    }
}
