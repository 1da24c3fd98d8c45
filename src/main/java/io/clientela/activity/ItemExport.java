package io.clientela.activity;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/**
 * The exported addresses, calls and orders of a customer, in the order of their lists.
 *
 * @param name the name of the part
 * @param table the table of the items
 */
record ItemExport(String name, String explanation, ItemTable<?> table) implements ExportPart {
    private static final String ORIGIN =
            " `origin_id` is the customer to whom it was first added, who may have been merged into this one since.";

    /** An item, and the customer to whom it was first added. */
    @RegisterForReflection
    record ExportedItem(@JsonUnwrapped Object item, UUID originId) {}

    /** Creates the parts. */
    @Singleton
    static class Parts {
        @Produces
        @Singleton
        ExportPart addresses(AddressType type) {
            return new ItemExport("addresses", "The postal addresses." + ORIGIN, type.table());
        }

        @Produces
        @Singleton
        ExportPart calls(CallType type) {
            return new ItemExport(
                    "calls", "The phone calls between the business and the customer." + ORIGIN, type.table());
        }

        @Produces
        @Singleton
        ExportPart orders(OrderType type) {
            return new ItemExport("orders", "What the customer ordered." + ORIGIN, type.table());
        }
    }

    @Override
    public Select select(ExportSubject subject) {
        return new Select(false)
                .add(
                        "SELECT " + table.columns() + ", origin_id FROM " + table.name()
                                + " WHERE tenant_id = ? AND customer_id = ? ORDER BY " + table.order(),
                        subject.tenant(),
                        subject.id());
    }

    @Override
    public Optional<ExportedItem> value(Row row) {
        return Optional.of(new ExportedItem(table.mapper().apply(row), row.getUUID("origin_id")));
    }
}
