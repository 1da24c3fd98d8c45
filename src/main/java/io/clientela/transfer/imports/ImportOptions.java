package io.clientela.transfer.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * How a file is read and what is done with its rows; stored with the job.
 *
 * @param mode what is done with a row
 * @param dryRun whether nothing is written
 * @param unique whether a row in {@code mode=create} fails if another customer has one of its identifiers
 * @param trim whether spaces around cells are removed
 * @param timeZone the time zone of timestamps without one
 * @param charset the encoding of the file
 * @param csv how CSV rows are read; null for NDJSON
 * @param ignored the names of the file's columns that are left out
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportOptions(
        ImportMode mode,
        boolean dryRun,
        boolean unique,
        boolean trim,
        String timeZone,
        String charset,
        CsvHeader csv,
        List<String> ignored) {
    ImportOptions withHeader(CsvHeader header, List<String> left) {
        return new ImportOptions(mode, dryRun, unique, trim, timeZone, charset, header, left);
    }

    /** Reads options as they are stored with a job. */
    static ImportOptions read(String json, ObjectMapper mapper) {
        try {
            return mapper.readValue(json, ImportOptions.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The options of an import cannot be read", e);
        }
    }
}
