package io.clientela.transfer;

import io.clientela.customer.CustomerStream;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;

/** Exports the customers of a list as a file, however many they are. */
@Singleton
class CustomerFileExport {
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
        var file = request.file();
        return customers.body(
                request.query(),
                batch -> {
                    metrics.countRows(request.format(), batch.size());
                    return file.customers(batch);
                },
                file::end);
    }
}
