package io.clientela.transfer;

import io.clientela.customer.CustomerStream;
import io.clientela.http.BatchSize;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;

/** Exports the customers of a list as a file, however many they are. */
@Singleton
class CustomerFileExport {
    /**
     * Of the longest customers, of some 70 KiB, this many can be in memory, twice: the next ones are read meanwhile.
     */
    private static final int MAX_BATCH = 256;

    private final CustomerStream customers;
    private final ExportMetrics metrics;

    CustomerFileExport(CustomerStream customers, ExportMetrics metrics) {
        this.customers = customers;
        this.metrics = metrics;
    }

    /**
     * Returns the file piece by piece. What it reads begins when the first piece is requested, and so does the file:
     * what is rejected until then has a status of its own.
     *
     * @throws ProblemException 403 if the filter asks for a location other than the caller's; as failures of the stream
     *     also 429 and 503
     */
    Multi<byte[]> of(ExportRequest request) {
        var size = new BatchSize(MAX_BATCH);
        var file = request.file();
        var rows = customers.read(request.query(), size::rows).map(batch -> {
            var piece = file.customers(batch);
            size.adapt(batch.size(), piece.length);
            metrics.countRows(request.format(), batch.size());
            return piece;
        });
        return Multi.createBy()
                .concatenating()
                .streams(rows, Multi.createFrom().item(file::end))
                .filter(piece -> piece.length > 0);
    }
}
