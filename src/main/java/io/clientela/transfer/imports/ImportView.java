package io.clientela.transfer.imports;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.database.RowReader;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An import, as callers read it.
 *
 * @param bytes the length of the file, as far as it has arrived
 * @param rows how many rows have arrived
 * @param rowsRead how many rows were written or refused
 * @param progress the part of the file that was worked on, from 0 to 1
 * @param rowsPerSecond how many rows were read in a second since the start; null before it
 * @param secondsLeft how long the rest takes at that rate; null if it is not known
 * @param ignoredColumns the columns of the file that are left out
 * @param error why the file did not arrive or could not be imported; null if that did not happen
 */
@RegisterForReflection
@Schema(name = "Import")
public record ImportView(
        UUID id,
        String type,
        Status status,
        ImportMode mode,
        boolean dryRun,
        long bytes,
        long rows,
        long rowsRead,
        long created,
        long updated,
        long unchanged,
        long failed,
        double progress,
        Double rowsPerSecond,
        Long secondsLeft,
        List<String> ignoredColumns,
        ImportError error,
        String createdBy,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {
    static final String COLUMNS = """
            id, type, status, options, size_bytes, row_count, bytes_done, created, updated, unchanged, failed,
            error_code, error_message, actor, created_at, started_at, finished_at, now()""";

    /** Where an import is. */
    @Schema(name = "ImportStatus")
    public enum Status {
        /** The file arrives. */
        UPLOADING,
        /** The file is complete and waits, for example for an earlier import of the tenant. */
        QUEUED,
        /** Its rows are being written. */
        RUNNING,
        /** All rows were written or refused. */
        COMPLETED,
        /** The file did not arrive. */
        FAILED,
        /** Somebody cancelled it; what was written stays. */
        CANCELED;

        boolean isFinal() {
            return this == COMPLETED || this == FAILED || this == CANCELED;
        }

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why an import failed. */
    @RegisterForReflection
    @Schema
    public record ImportError(String code, String message) {}

    /** Reads a row of {@link #COLUMNS}. */
    static ImportView of(RowReader row, ObjectMapper mapper) {
        UUID id = row.next();
        String type = row.next();
        var status = Status.valueOf(row.<String>next().toUpperCase(Locale.ROOT));
        var options = ImportOptions.read(row.next(), mapper);
        long bytes = row.<Long>next();
        long rows = row.<Long>next();
        long done = row.<Long>next();
        long created = row.<Long>next();
        long updated = row.<Long>next();
        long unchanged = row.<Long>next();
        long failed = row.<Long>next();
        var error = error(row.next(), row.next());
        String actor = row.next();
        var createdAt = row.nextTimestamp();
        var started = row.nextTimestamp();
        var finished = row.nextTimestamp();
        var until = finished == null ? row.nextTimestamp() : finished;
        long read = created + updated + unchanged + failed;
        Double seconds = started == null
                ? null
                : Math.max(0.001, Duration.between(started, until).toMillis() / 1000.0);
        boolean running = status == Status.RUNNING && done > 0;
        return new ImportView(
                id,
                type,
                status,
                options.mode(),
                options.dryRun(),
                bytes,
                rows,
                read,
                created,
                updated,
                unchanged,
                failed,
                status == Status.COMPLETED ? 1 : progress(done, bytes),
                seconds == null ? null : Math.round(10 * read / seconds) / 10.0,
                running ? Math.round((bytes - done) * seconds / done) : null,
                options.ignored(),
                error,
                actor,
                createdAt,
                started,
                finished);
    }

    private static ImportError error(String code, String message) {
        return code == null ? null : new ImportError(code, message);
    }

    /** Rounded down, so that nothing seems to be done before it is. */
    private static double progress(long done, long bytes) {
        return bytes == 0 ? 0 : Math.floor(1000.0 * done / bytes) / 1000;
    }
}
