package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Writes the rows of many customers by one statement (ADR 9). A row is the customer's view as JSON with what the view
 * nests or leaves out; PostgreSQL reads the columns from it by name.
 */
@Singleton
class CustomerRows {
    /** The columns that a change of the fields writes, the row's version and match keys included. */
    private static final String WRITTEN = "version, external_id, type, status, role, name, first_name, last_name,"
            + " company_name, email, email_key, email_verified, phone, phone_key, document, document_key, document_type,"
            + " document_valid, state_registration, source, avatar, birthday, address, tags, location_id, cluster_id,"
            + " value, auto_payment, notes, order_updates, promotions, newsletter, whatsapp, social_driver, social_id,"
            + " utm_source, utm_campaign, attributes, updated_at";

    private static final String FROM_ROWS =
            " FROM jsonb_populate_recordset(cast(NULL AS customer), cast(cast(:rows AS text) AS jsonb)) AS written";

    private static final String INSERT = "INSERT INTO customer (tenant_id, id, number, created_at, " + WRITTEN
            + ") SELECT :tenant, id, number, created_at, " + WRITTEN + FROM_ROWS;

    private static final String UPDATE = "UPDATE customer SET (" + WRITTEN + ") = ROW (written."
            + WRITTEN.replace(", ", ", written.") + ")" + FROM_ROWS
            + " WHERE customer.tenant_id = :tenant AND customer.id = written.id";

    private static final String CLEAR_EXTERNAL_IDS = "UPDATE customer SET external_id = NULL"
            + " WHERE tenant_id = :tenant AND id = ANY(cast(cast(:ids AS text[]) AS uuid[]))";

    private static final Set<String> NESTED = Set.of("preferences", "social", "utm");

    private final Caller caller;
    private final CustomerJson json;

    CustomerRows(Caller caller, CustomerJson json) {
        this.caller = caller;
        this.json = json;
    }

    /** Inserts new customers. */
    Uni<Void> insert(List<LockedCustomer> customers) {
        return write(INSERT, customers);
    }

    /**
     * Updates locked customers. An external id may move from one to another, and PostgreSQL checks that it is unique
     * row by row, so those that are given up are cleared first.
     */
    Uni<Void> update(List<LockedCustomer> customers) {
        var givenUp = customers.stream()
                .filter(LockedCustomer::givesUpExternalId)
                .map(customer -> customer.id().toString())
                .toArray(String[]::new);
        return clearExternalIds(givenUp).chain(() -> write(UPDATE, customers));
    }

    private Uni<Void> clearExternalIds(String[] ids) {
        return ids.length == 0
                ? Uni.createFrom().voidItem()
                : Panache.getSession()
                        .chain(session -> session.createNativeQuery(CLEAR_EXTERNAL_IDS)
                                .setParameter("tenant", caller.tenant())
                                .setParameter("ids", ids)
                                .executeUpdate())
                        .replaceWithVoid();
    }

    private Uni<Void> write(String statement, List<LockedCustomer> customers) {
        if (customers.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var rows = json.emptyObject().arrayNode();
        customers.forEach(customer -> rows.add(row(customer)));
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(statement)
                        .setParameter("tenant", caller.tenant())
                        .setParameter("rows", rows.toString())
                        .executeUpdate())
                .invoke(written -> {
                    if (written != customers.size()) {
                        throw new IllegalStateException(written + " of " + customers.size() + " rows were written");
                    }
                })
                .replaceWithVoid();
    }

    private static ObjectNode row(LockedCustomer customer) {
        var view = customer.before();
        var entity = customer.entity();
        var row = view.objectNode();
        row.setAll(view);
        row.setAll((ObjectNode) view.get("preferences"));
        row.set("social_driver", view.path("social").get("driver"));
        row.set("social_id", view.path("social").get("id"));
        row.set("utm_source", view.path("utm").get("source"));
        row.set("utm_campaign", view.path("utm").get("campaign"));
        row.put("attributes", entity.attributes);
        row.put("email_key", entity.emailKey);
        row.put("phone_key", entity.phoneKey);
        row.put("document_key", entity.documentKey);
        return row.without(NESTED);
    }
}
