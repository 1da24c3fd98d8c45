package io.clientela.customer;

import io.clientela.database.Database;
import io.clientela.http.BatchSize;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Reads lists of customers of any length, past Hibernate (ADR 2), in constant memory (ADR 16). */
@Singleton
public class CustomerStream {
    /**
     * Of the longest customers, of some 70 KiB, this many can be in memory, twice: the next ones are read meanwhile.
     */
    private static final int MAX_BATCH = 256;

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
    private Multi<List<CustomerRow>> read(CustomerQuery query, IntSupplier size) {
        var tenant = caller.tenant();
        var select = query.restrictedTo(caller.location()).all(tenant);
        return database.snapshot(
                tenant, snapshot -> snapshot.batches(select, size).map(rows -> customers(rows, query)));
    }

    /**
     * Returns a body with the customers of the whole list, piece by piece: what is rejected before the first piece has
     * a status of its own.
     *
     * @param writer writes the next customers
     * @param end returns the end of the body, which may be empty
     * @throws ProblemException like {@link #read}
     */
    public Multi<byte[]> body(CustomerQuery query, Function<List<CustomerRow>, byte[]> writer, Supplier<byte[]> end) {
        var size = new BatchSize(MAX_BATCH);
        var pieces = read(query, size::rows).map(batch -> {
            var piece = writer.apply(batch);
            size.adapt(batch.size(), piece.length);
            return piece;
        });
        return Multi.createBy()
                .concatenating()
                .streams(pieces, Multi.createFrom().item(end))
                .filter(piece -> piece.length > 0);
    }

    private static List<CustomerRow> customers(RowSet<Row> rows, CustomerQuery query) {
        List<CustomerRow> customers = new ArrayList<>(rows.size());
        for (var row : rows) {
            customers.add(new CustomerRow(row.getDelegate(), query));
        }
        return customers;
    }
}
