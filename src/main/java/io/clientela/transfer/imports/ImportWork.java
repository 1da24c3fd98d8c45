package io.clientela.transfer.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.problem.FieldError;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The imports that are to be worked on, of all tenants. An instance leases a job, so that no other one works on it; a
 * position is advanced only under the lease, in the transaction of what was written: each row is written once, whatever
 * instance dies.
 */
@ApplicationScoped
class ImportWork {
    /** How long a lease lasts that is not renewed: of an instance that was killed. */
    private static final double LEASE_SECONDS = 30;

    /**
     * A tenant's imports run one after the other, in the order in which they were complete. Among tenants, the one that
     * has waited longest is next.
     */
    private static final String LEASE = """
            UPDATE import_job SET status = 'running', started_at = coalesce(started_at, now()), worked_at = now(),
                leased_by = $1, leased_until = now() + make_interval(secs => $2)
            WHERE (tenant_id, id) = (
                SELECT tenant_id, id FROM import_job job
                WHERE status IN ('queued', 'running') AND (leased_until IS NULL OR leased_until < now())
                    AND NOT EXISTS (
                        SELECT FROM import_job earlier
                        WHERE earlier.tenant_id = job.tenant_id AND earlier.status IN ('queued', 'running')
                            AND (earlier.queued_at, earlier.id) < (job.queued_at, job.id))
                ORDER BY worked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING tenant_id, id, type, options, actor, location_id, confined, request_id,
                piece_count, next_piece, next_row, started_at = now()""";

    private static final String STARTED =
            "SELECT " + ImportEvents.COLUMNS + " FROM import_job WHERE tenant_id = $1 AND id = $2";

    private static final String RELEASE = """
            UPDATE import_job SET leased_by = NULL, leased_until = now() + make_interval(secs => $4)
            WHERE tenant_id = $1 AND id = $2 AND leased_by = $3""";

    private static final String PIECE = """
            SELECT first_line, row_count, data FROM import_piece
            WHERE tenant_id = $1 AND import_id = $2 AND number = $3""";

    private static final String ADVANCE = """
            UPDATE import_job SET next_piece = $6, next_row = $7, bytes_done = bytes_done + $8,
                created = created + $9, updated = updated + $10, unchanged = unchanged + $11, failed = failed + $12,
                leased_until = now() + make_interval(secs => $13)
            WHERE tenant_id = $1 AND id = $2 AND leased_by = $3 AND next_piece = $4 AND next_row = $5
                AND status = 'running'""";

    private static final String REFUSE = """
            INSERT INTO import_refusal (tenant_id, import_id, line, data, errors)
            SELECT $1, $2, * FROM unnest($3::bigint[], $4::bytea[], $5::text[])""";

    private static final String DELETE_PIECE =
            "DELETE FROM import_piece WHERE tenant_id = $1 AND import_id = $2 AND number = $3";

    private static final String COMPLETE = """
            UPDATE import_job SET status = 'completed', finished_at = now(), leased_by = NULL, leased_until = NULL
            WHERE tenant_id = $1 AND id = $2 AND leased_by = $3 AND status = 'running' AND next_piece = piece_count
            RETURNING\s""" + ImportEvents.COLUMNS;

    private static final String ABANDON = """
            UPDATE import_job SET status = 'failed', finished_at = now(), error_code = 'upload_incomplete',
                error_message = 'The file did not arrive completely. Nothing of it was imported. Send it again.'
            WHERE status = 'uploading' AND worked_at < now() - make_interval(secs => $1)
            RETURNING\s""" + ImportEvents.COLUMNS;

    private final Database database;
    private final ObjectMapper mapper;
    private final ImportEvents events;
    private final UUID instance = UUID.randomUUID();

    ImportWork(Database database, ObjectMapper mapper, ImportEvents events) {
        this.database = database;
        this.mapper = mapper;
        this.events = events;
    }

    /** Leases the import that is next; empty if none waits. */
    Uni<Optional<ImportJob>> lease() {
        return database.transactionAllTenants(transaction -> transaction
                        .preparedQuery(LEASE)
                        .execute(Tuple.of(instance, LEASE_SECONDS))
                        .map(rows -> rows.stream().findFirst())
                        .call(leased -> leased.filter(row -> row.getBoolean(11))
                                .map(row -> recordStart(transaction, row))
                                .orElseGet(() -> Uni.createFrom().voidItem())))
                .map(leased -> leased.map(this::job));
    }

    private Uni<Void> recordStart(SqlConnection transaction, Row job) {
        return transaction
                .preparedQuery(STARTED)
                .execute(Tuple.of(job.getString(0), job.getUUID(1)))
                .chain(rows -> events.recordAll(transaction, "import.started", rows));
    }

    /** Ends a lease; no instance takes the import for so long. */
    Uni<Void> release(ImportJob job, double pauseSeconds) {
        return database.query(job.tenant(), RELEASE, Tuple.of(job.tenant(), job.id(), instance, pauseSeconds))
                .replaceWithVoid();
    }

    /** Returns the piece that is next. */
    Uni<Piece> piece(ImportJob job, int number) {
        return database.query(job.tenant(), PIECE, Tuple.of(job.tenant(), job.id(), number))
                .map(rows -> {
                    var row = rows.iterator().next();
                    return new Piece(
                            number,
                            row.getLong(0),
                            row.getInteger(1),
                            row.getBuffer(2).getBytes());
                });
    }

    /**
     * Stores that rows are done, in the transaction that wrote them. A piece whose rows are all done is deleted.
     *
     * @param job the job at its position before them
     * @param after the job at its position after them
     * @throws LeaseLostException if another instance works on it, or it was cancelled: the transaction must not commit
     */
    Uni<Void> advance(ImportJob job, ImportJob after, Done done) {
        var advance = TenantStatement.update(
                        job.tenant(),
                        ADVANCE,
                        job.id(),
                        instance,
                        job.nextPiece(),
                        job.nextRow(),
                        after.nextPiece(),
                        after.nextRow(),
                        done.bytes(),
                        done.count(RowOutcome.Effect.CREATED),
                        done.count(RowOutcome.Effect.UPDATED),
                        done.count(RowOutcome.Effect.UNCHANGED),
                        done.count(RowOutcome.Effect.FAILED),
                        LEASE_SECONDS)
                .invoke(updated -> {
                    if (updated != 1) {
                        throw new LeaseLostException();
                    }
                })
                .<Void>replaceWith((Void) null);
        return TenantStatement.pipelined(List.of(
                done.refused().isEmpty() ? Uni.createFrom().voidItem() : refuse(job, done.refused()),
                after.nextPiece() > job.nextPiece()
                        ? TenantStatement.update(job.tenant(), DELETE_PIECE, job.id(), job.nextPiece())
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem(),
                advance));
    }

    private Uni<Void> refuse(ImportJob job, List<Refusal> refused) {
        return TenantStatement.update(
                        job.tenant(),
                        REFUSE,
                        job.id(),
                        TenantStatement.column(refused, Long[]::new, Refusal::line),
                        TenantStatement.column(refused, Buffer[]::new, refusal -> Buffer.buffer(refusal.data())),
                        TenantStatement.column(refused, String[]::new, refusal -> json(refusal.errors())))
                .replaceWithVoid();
    }

    /** Marks an import as completed whose pieces are all done. */
    Uni<Void> complete(ImportJob job) {
        return database.transaction(job.tenant(), transaction -> transaction
                .preparedQuery(COMPLETE)
                .execute(Tuple.of(job.tenant(), job.id(), instance))
                .chain(completed -> events.recordAll(transaction, "import.completed", completed)));
    }

    /** Marks uploads as failed of which nothing arrived for so long: the instance that received them is gone. */
    Uni<Void> abandonUploads(double seconds) {
        return database.transactionAllTenants(transaction -> transaction
                .preparedQuery(ABANDON)
                .execute(Tuple.of(seconds))
                .chain(abandoned -> events.recordAll(transaction, "import.failed", abandoned)));
    }

    private ImportJob job(Row row) {
        return new ImportJob(
                row.getString(0),
                row.getUUID(1),
                row.getString(2),
                ImportOptions.read(row.getString(3), mapper),
                new ImportJob.Sender(
                        Optional.ofNullable(row.getString(4)),
                        Optional.ofNullable(row.getString(5)),
                        row.getBoolean(6),
                        Optional.ofNullable(row.getString(7))),
                row.getInteger(8),
                row.getInteger(9),
                row.getInteger(10));
    }

    private String json(List<FieldError> errors) {
        try {
            return mapper.writeValueAsString(errors);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Errors cannot be written as JSON", e);
        }
    }
}
