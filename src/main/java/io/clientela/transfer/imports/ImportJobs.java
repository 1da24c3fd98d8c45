package io.clientela.transfer.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.database.Database;
import io.clientela.database.RowReader;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The imports of the caller's tenant from the first piece of a file to the queue, and their end by a caller. */
@ApplicationScoped
class ImportJobs {
    private static final String CREATE = """
            INSERT INTO import_job (tenant_id, id, type, options, status, actor, location_id, confined, request_id,
                header, worked_at, created_at)
            SELECT $1, $2, $3, $4, 'uploading', $5, $6, $7, $8, $9, now(), now()
            WHERE (SELECT count(*) FROM import_job
                   WHERE tenant_id = $1 AND status IN ('uploading', 'queued', 'running')) < $10""";

    private static final String ADD = """
            WITH arriving AS (
                UPDATE import_job SET worked_at = now(), size_bytes = $7, piece_count = piece_count + 1,
                    row_count = row_count + $5
                WHERE tenant_id = $1 AND id = $2 AND status = 'uploading' RETURNING id)
            INSERT INTO import_piece (tenant_id, import_id, number, first_line, row_count, data)
            SELECT $1, id, $3, $4, $5, $6 FROM arriving""";

    private static final String FIND_REPEATED = """
            SELECT id FROM import_job
            WHERE tenant_id = $1 AND digest = $2 AND status IN ('queued', 'running', 'completed') AND id <> $3
                AND created_at > now() - interval '1 day'
            LIMIT 1""";

    private static final String QUEUE = """
            UPDATE import_job SET status = 'queued', queued_at = now(), worked_at = now(), digest = $3, size_bytes = $4
            WHERE tenant_id = $1 AND id = $2 AND status = 'uploading'
            RETURNING\s""" + ImportView.COLUMNS;

    private static final String FAIL = """
            UPDATE import_job SET status = 'failed', finished_at = now(), error_code = $3, error_message = $4
            WHERE tenant_id = $1 AND id = $2 AND status = 'uploading'
            RETURNING\s""" + ImportEvents.COLUMNS;

    private static final String CANCEL = """
            UPDATE import_job SET status = 'canceled', finished_at = now(), leased_by = NULL, leased_until = NULL
            WHERE tenant_id = $1 AND id = $2 AND status IN ('uploading', 'queued', 'running')
            RETURNING\s""" + ImportEvents.COLUMNS;

    private final Database database;
    private final Caller caller;
    private final ObjectMapper mapper;
    private final ImportSettings settings;
    private final ImportReader reader;
    private final ImportEvents events;

    ImportJobs(
            Database database,
            Caller caller,
            ObjectMapper mapper,
            ImportSettings settings,
            ImportReader reader,
            ImportEvents events) {
        this.database = database;
        this.caller = caller;
        this.mapper = mapper;
        this.settings = settings;
        this.reader = reader;
        this.events = events;
    }

    /**
     * Stores that a file arrives.
     *
     * @throws ProblemException 429 if the tenant has as many unfinished imports as it may have
     */
    Uni<Void> create(UUID id, ImportRequest request, IncomingFile file) {
        var values = Tuple.tuple()
                .addString(caller.tenant())
                .addUUID(id)
                .addString(request.type().name())
                .addString(json(file.options()))
                .addString(caller.actor().orElse(null))
                .addString(caller.location().orElse(null))
                .addBoolean(caller.confinement().isPresent())
                .addString(caller.requestId().orElse(null))
                .addValue(file.header().map(Buffer::buffer).orElse(null))
                .addInteger(settings.maxUnfinished());
        return database.query(CREATE, values)
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw Failures.tooManyRequests();
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Stores the next piece of a file.
     *
     * @param size the length of the file up to its end
     * @throws ProblemException 409 if the import was cancelled
     */
    Uni<Void> add(UUID id, Piece piece, long size) {
        var values = Tuple.tuple()
                .addString(caller.tenant())
                .addUUID(id)
                .addInteger(piece.number())
                .addLong(piece.firstLine())
                .addInteger(piece.rows())
                .addValue(Buffer.buffer(piece.data()))
                .addLong(size);
        return database.query(ADD, values)
                .invoke(rows -> requireUploading(rows.rowCount()))
                .replaceWithVoid();
    }

    /**
     * Queues an import whose file has arrived.
     *
     * @param unrepeated whether to refuse a file that was sent before
     * @throws ProblemException 409 if it was cancelled, or was sent before within a day
     */
    Uni<ImportView> queue(UUID id, byte[] digest, long size, boolean unrepeated) {
        var bytes = Buffer.buffer(digest);
        return database.transaction(
                () -> (unrepeated ? requireNew(id, bytes) : Uni.createFrom().voidItem())
                        .chain(() -> TenantStatement.query(caller.tenant(), QUEUE, id, bytes, size))
                        .invoke(rows -> requireUploading(rows.size()))
                        .map(rows -> ImportView.of(RowReader.of(rows.get(0)), mapper)));
    }

    private Uni<Void> requireNew(UUID id, Buffer digest) {
        return TenantStatement.query(caller.tenant(), FIND_REPEATED, digest, id)
                .invoke(found -> {
                    if (!found.isEmpty()) {
                        throw new ProblemException(
                                        ProblemCode.REPEATED_IMPORT,
                                        "The same file was sent within a day, and would create all rows again."
                                                + " Use mode=upsert, or repeat=true to create them again.")
                                .with("import_id", found.get(0)[0].toString());
                    }
                })
                .replaceWithVoid();
    }

    private static void requireUploading(int rows) {
        if (rows != 1) {
            throw new ProblemException(ProblemCode.IMPORT_ENDED, "The import was cancelled while its file arrived.");
        }
    }

    /** Stores why a file did not arrive, beside what the request may still be doing with its session. */
    Uni<Void> fail(UUID id, ProblemException problem) {
        var values = Tuple.of(caller.tenant(), id, problem.code().code(), problem.getMessage());
        return database.transaction(caller.tenant(), transaction -> transaction
                .preparedQuery(FAIL)
                .execute(values)
                .chain(failed -> events.recordAll(transaction, "import.failed", failed)));
    }

    /**
     * Cancels an import; the rows that are written stay. To cancel it again has no effect.
     *
     * @throws ProblemException 404, 409 if it has ended otherwise
     */
    Uni<Void> cancel(UUID id) {
        return reader.get(id)
                .chain(() -> database.transaction(() -> TenantStatement.query(caller.tenant(), CANCEL, id)
                        .chain(canceled -> canceled.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : events.record("import.canceled", RowReader.of(canceled.get(0))))))
                .chain(() -> reader.get(id))
                .invoke(job -> {
                    if (job.status() != ImportView.Status.CANCELED) {
                        throw new ProblemException(
                                ProblemCode.IMPORT_ENDED, "The import has ended; there is nothing to cancel.");
                    }
                })
                .replaceWithVoid();
    }

    private String json(ImportOptions options) {
        try {
            return mapper.writeValueAsString(options);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The options of an import cannot be written as JSON", e);
        }
    }
}
