package io.clientela.customer;

import io.clientela.database.Database;
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
     * The moment is that of the first request. A batch must be worked off in seconds; meanwhile, the next one is read.
     *
     * @param size returns the number of customers of the next batch
     * @throws ProblemException 403 if the filter asks for a location other than the caller's; as failures of the stream
     *     also 429 and 503
     */
    public Multi<List<CustomerRow>> read(CustomerQuery query, IntSupplier size) {
        var tenant = caller.tenant();
        var select = query.restrictedTo(caller.location()).all(tenant);
        return database.snapshot(
                tenant, snapshot -> snapshot.batches(select, size).map(rows -> customers(rows, query)));
    }

    private static List<CustomerRow> customers(RowSet<Row> rows, CustomerQuery query) {
        List<CustomerRow> customers = new ArrayList<>(rows.size());
        for (var row : rows) {
            customers.add(new CustomerRow(row.getDelegate(), query));
        }
        return customers;
    }
}
