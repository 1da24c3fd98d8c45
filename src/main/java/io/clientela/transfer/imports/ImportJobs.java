package io.clientela.transfer.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.database.Database;
import io.clientela.database.RowReader;
import io.clientela.database.Select;
import io.clientela.database.TenantStatement;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.Timestamps;
import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.clientela.transfer.FileFormat;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * The imports of the caller's tenant: those that arrive, and what is shown of all. A caller who is confined to a
 * location sees those of that location only.
 */
@ApplicationScoped
class ImportJobs {
    private static final String NEWEST_FIRST = "imports";

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
            WHERE tenant_id = $1 AND id = $2 AND status = 'uploading'""";

    private static final String CANCEL = """
            UPDATE import_job SET status = 'canceled', finished_at = now(), leased_by = NULL, leased_until = NULL
            WHERE tenant_id = $1 AND id = $2 AND status IN ('uploading', 'queued', 'running')""";

    private final Database database;
    private final Caller caller;
    private final ObjectMapper mapper;
    private final ImportSettings settings;

    ImportJobs(Database database, Caller caller, ObjectMapper mapper, ImportSettings settings) {
        this.database = database;
        this.caller = caller;
        this.mapper = mapper;
        this.settings = settings;
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

    /** Stores why a file did not arrive. */
    Uni<Void> fail(UUID id, ProblemException problem) {
        return database.query(FAIL, Tuple.of(caller.tenant(), id, problem.code().code(), problem.getMessage()))
                .replaceWithVoid();
    }

    /**
     * Cancels an import; the rows that are written stay. To cancel it again has no effect.
     *
     * @throws ProblemException 404, 409 if it has ended otherwise
     */
    Uni<Void> cancel(UUID id) {
        return get(id).chain(() -> database.query(CANCEL, Tuple.of(caller.tenant(), id)))
                .chain(rows -> get(id))
                .invoke(job -> {
                    if (job.status() != ImportView.Status.CANCELED) {
                        throw new ProblemException(
                                ProblemCode.IMPORT_ENDED, "The import has ended; there is nothing to cancel.");
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Returns an import.
     *
     * @throws ProblemException 404
     */
    Uni<ImportView> get(UUID id) {
        return database.query(visible().add(" AND id = ?", id)).map(rows -> rows.stream()
                .findFirst()
                .map(row -> ImportView.of(RowReader.of(row.getDelegate()), mapper))
                .orElseThrow(ProblemException::notFound));
    }

    /**
     * What a file of an import is.
     *
     * @param format the format
     * @param charset the encoding
     */
    record FileType(FileFormat format, String charset) {
        String contentType() {
            return format == FileFormat.CSV
                    ? FileFormat.CSV_TYPE + ";charset=" + charset + ";header=present"
                    : format.contentType();
        }
    }

    /**
     * Returns what the file of an import is.
     *
     * @throws ProblemException 404
     */
    Uni<FileType> file(UUID id) {
        return database.query(visible().add(" AND id = ?", id)).map(rows -> rows.stream()
                .findFirst()
                .map(row -> ImportView.options(row.getString("options"), mapper))
                .map(options ->
                        new FileType(options.csv() == null ? FileFormat.NDJSON : FileFormat.CSV, options.charset()))
                .orElseThrow(ProblemException::notFound));
    }

    /** Lists the imports, newest first. */
    Uni<Page<ImportView>> list(PageRequest request) {
        var select = visible();
        request.cursor()
                .ifPresent(cursor -> select.add(
                        " AND (created_at, id) < (?, ?)",
                        Timestamps.parse(cursor.key()).orElseThrow().atOffset(ZoneOffset.UTC),
                        UUID.fromString(cursor.id())));
        select.add(" ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream()
                        .map(row -> ImportView.of(RowReader.of(row.getDelegate()), mapper))
                        .toList())
                .chain(found -> request.total(found.size(), this::count)
                        .map(total -> Page.of(request, found, total, ImportJobs::cursorAfter)));
    }

    private Uni<Long> count() {
        var select = new Select(false).add("SELECT count(*) FROM import_job WHERE tenant_id = ?", caller.tenant());
        return database.query(confined(select))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Rejects a cursor that was made for another list. */
    static void checkCursor(QueryParameters params, PageRequest request) {
        request.requireCursor(
                params,
                cursor -> cursor.sort().equals(NEWEST_FIRST)
                        && Timestamps.parse(cursor.key()).isPresent());
    }

    private static Cursor cursorAfter(ImportView job) {
        return new Cursor(NEWEST_FIRST, job.createdAt().toString(), job.id().toString());
    }

    private Select visible() {
        return confined(new Select(false)
                .add("SELECT " + ImportView.COLUMNS + " FROM import_job WHERE tenant_id = ?", caller.tenant()));
    }

    private Select confined(Select select) {
        Optional<String> location = caller.confinement();
        location.ifPresent(only -> select.add(" AND location_id = ?", only));
        return select;
    }

    private String json(ImportOptions options) {
        try {
            return mapper.writeValueAsString(options);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The options of an import cannot be written as JSON", e);
        }
    }
}
