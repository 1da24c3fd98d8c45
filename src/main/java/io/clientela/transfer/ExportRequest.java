package io.clientela.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.customer.CustomerColumns;
import io.clientela.customer.CustomerQuery;
import io.clientela.http.QueryParameters;
import io.clientela.http.problem.ProblemException;
import jakarta.ws.rs.NotAcceptableException;
import java.util.Optional;

/**
 * What to export and how.
 *
 * @param format the file's format
 * @param query the customers, and the fields of them that are read
 * @param file the file to write
 */
record ExportRequest(FileFormat format, CustomerQuery query, CustomerFile file) {
    private static final String COLUMNS = "columns";
    private static final String BOM = "bom";
    private static final String TRAILER = "trailer";

    /**
     * Reads the query parameters of an export.
     *
     * @param accepted the format that the client accepts; {@code format} has precedence
     * @param query the customers, read from the same parameters
     * @throws ProblemException 400 with every invalid parameter
     * @throws NotAcceptableException if the client accepts no format and names none
     */
    static ExportRequest read(
            QueryParameters params,
            Optional<FileFormat> accepted,
            CustomerQuery query,
            ObjectMapper mapper,
            AttributeText attributes) {
        var format =
                params.oneOf("format", FileFormat.class).or(() -> accepted).orElseThrow(NotAcceptableException::new);
        boolean bom = params.flag(BOM);
        boolean trailer = params.flag(TRAILER);
        if (format == FileFormat.CSV) {
            rejectUnless(!trailer, params, TRAILER, FileFormat.NDJSON);
            var columns = CustomerColumns.read(params, COLUMNS);
            params.throwIfInvalid();
            return new ExportRequest(format, query, new CsvFile(columns, query.reading(columns), bom, attributes));
        }
        rejectUnless(!bom, params, BOM, FileFormat.CSV);
        query.showingFields(params, COLUMNS);
        params.throwIfInvalid();
        return new ExportRequest(format, query, new NdjsonFile(mapper, trailer));
    }

    private static void rejectUnless(boolean valid, QueryParameters params, String name, FileFormat only) {
        if (!valid) {
            params.reject(name, "conflict", "is for format=" + only + " only");
        }
    }
}
