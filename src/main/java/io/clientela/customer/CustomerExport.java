package io.clientela.customer;

import io.clientela.database.RowReader;
import io.clientela.database.Select;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The exported fields of a customer: all that are stored. */
@Singleton
class CustomerExport implements ExportPart {
    private static final String COLUMNS = "SELECT "
            + String.join(", ", FieldSelection.ALL.columns(), CustomerTable.KEYS.sql(), CustomerTable.TOTALS.sql());

    private final Segments segments;

    CustomerExport(Segments segments) {
        this.segments = segments;
    }

    @Override
    public String name() {
        return "customer";
    }

    @Override
    public String explanation() {
        return "All fields of the customer, with those that only the business sees. `match_keys` are the e-mail, phone"
                + " and document in the form in which they are compared. `totals` count the calls and orders below."
                + " For search and sorting, the name, company, e-mail, phone and document are stored once more,"
                + " without accents and in lower case.";
    }

    @Override
    public Select select(ExportSubject subject) {
        return new Select(false)
                .add(COLUMNS + " FROM customer WHERE tenant_id = ? AND id = ?", subject.tenant(), subject.id());
    }

    @Override
    public Optional<CustomerView> value(Row row) {
        var columns = RowReader.of(row.getDelegate());
        var customer = CustomerTable.view(columns, FieldSelection.ALL, segments.now());
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("match_keys", columns.next(CustomerTable.KEYS));
        more.put("totals", columns.next(CustomerTable.TOTALS));
        return Optional.of(customer.withIncluded(more));
    }

    @Override
    public boolean isList() {
        return false;
    }
}
