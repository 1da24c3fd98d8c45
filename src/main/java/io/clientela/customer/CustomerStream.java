package io.clientela.customer;

import io.clientela.database.Database;
import io.clientela.database.RowReader;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Reads lists of customers of any length, past Hibernate (ADR 2), in constant memory (ADR 16). */
@Singleton
public class CustomerStream {
    private final Database database;
    private final Caller caller;

    CustomerStream(Database database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    /**
     * Returns the customers of the whole list as they are at one moment, in batches, the last of which may be empty.
     * The moment is that of the first request. A batch is read when it is requested, and must be worked off in seconds.
     *
     * @param size returns the number of customers of the next batch
     * @throws ProblemException 403 if the filter asks for a location other than the caller's; as failures of the stream
     *     also 429 and 503
     */
    public Multi<List<ListedCustomer>> read(CustomerQuery query, IntSupplier size) {
        var tenant = caller.tenant();
        var select = query.restrictedTo(caller.location()).all(tenant);
        return database.snapshot(
                tenant, snapshot -> snapshot.batches(select, size).map(rows -> customers(rows, query)));
    }

    private static List<ListedCustomer> customers(RowSet<Row> rows, CustomerQuery query) {
        List<ListedCustomer> customers = new ArrayList<>(rows.size());
        for (var row : rows) {
            var columns = RowReader.of(row.getDelegate());
            var customer = CustomerTable.view(columns, query.shown(), query.segments());
            customers.add(new ListedCustomer(customer, columns.next(CustomerTable.TOTALS)));
        }
        return customers;
    }
}
