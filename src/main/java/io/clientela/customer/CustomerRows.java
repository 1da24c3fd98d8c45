package io.clientela.customer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.clientela.database.TenantStatement;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Writes the rows of customers, any number by one statement (ADR 9). A row is sent as JSON, from which PostgreSQL reads
 * the columns by name; it takes a column that is missing there as NULL.
 */
@Singleton
class CustomerRows {
    private static final JsonFactory JSON = new JsonFactory();

    private static final String FROM_ROWS =
            " FROM json_populate_recordset(cast(NULL AS customer), cast($2::text AS json)) AS written";

    /** Without it, PostgreSQL expects 100 rows of JSON and may read the whole table. */
    private static final String IS_WRITTEN = "customer.id = ANY(" + TenantStatement.array(3, "uuid") + ")";

    private static final String INSERT =
            "INSERT INTO customer (" + CustomerTable.ROW + ") SELECT $1, " + CustomerTable.VALUES + FROM_ROWS;

    private static final String CLEAR_EXTERNAL_IDS =
            "UPDATE customer SET external_id = NULL WHERE tenant_id = $1 AND id = ANY("
                    + TenantStatement.array(2, "uuid") + ")";

    private static final String DELETE =
            "DELETE FROM customer WHERE tenant_id = $1 AND id = ANY(" + TenantStatement.array(2, "uuid") + ")";

    private final Caller caller;

    CustomerRows(Caller caller) {
        this.caller = caller;
    }

    /**
     * Returns the statements that delete removed customers, update locked ones and insert new ones. In this order, a
     * customer may have an external id that another one gave up.
     */
    List<Uni<Void>> save(List<LockedCustomer> customers) {
        var inserted = customers.stream().filter(LockedCustomer::isNew).toList();
        var removed = customers.stream().filter(LockedCustomer::isRemoved).toList();
        var updated = customers.stream()
                .filter(customer -> !customer.isNew() && !customer.isRemoved())
                .toList();
        List<Uni<Void>> statements = new ArrayList<>();
        if (!removed.isEmpty()) {
            statements.add(write(DELETE, removed.size(), (Object) ids(removed)));
        }
        if (!updated.isEmpty()) {
            clearExternalIds(updated, statements);
            statements.add(update(updated));
        }
        if (!inserted.isEmpty()) {
            statements.add(write(INSERT, inserted.size(), json(inserted)));
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

    /**
     * Only changed columns are set: PostgreSQL then computes no generated column and changes no index for the others.
     * Where customers change in different columns, each is set in all of them.
     */
    private Uni<Void> update(List<LockedCustomer> customers) {
        var columns = new TreeSet<String>();
        customers.forEach(customer -> columns.addAll(customer.changedColumns()));
        var names = String.join(", ", columns);
        return write(
                "UPDATE customer SET (" + names + ") = ROW (written." + names.replace(", ", ", written.") + ")"
                        + FROM_ROWS + " WHERE customer.tenant_id = $1 AND customer.id = written.id AND " + IS_WRITTEN,
                customers.size(),
                rows(customers, column -> columns.contains(column) || column.equals("id")),
                ids(customers));
    }

    private static UUID[] ids(List<LockedCustomer> customers) {
        return customers.stream().map(LockedCustomer::id).toArray(UUID[]::new);
    }

    /** Returns all columns of customers, as a JSON array of rows. */
    static String json(List<LockedCustomer> customers) {
        return rows(customers, column -> true);
    }

    private static String rows(List<LockedCustomer> customers, Predicate<String> written) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (var customer : customers) {
                json.writeStartObject();
                CustomerTable.forEach(customer.entity(), (column, value) -> {
                    if (value != null && written.test(column)) {
                        write(json, column, value);
                    }
                });
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String column, Object value) {
        try {
            json.writeFieldName(column);
            // Attributes are kept as text, not as JSON.
            JsonValues.write(json, value instanceof Attributes ? value.toString() : value, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Uni<Void> write(String statement, int rows, Object... values) {
        return TenantStatement.update(caller.tenant(), statement, values)
                .invoke(written -> {
                    if (written != rows) {
                        throw new IllegalStateException(written + " of " + rows + " rows were written");
                    }
                })
                .replaceWithVoid();
    }
}
