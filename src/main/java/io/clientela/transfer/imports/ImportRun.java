package io.clientela.transfer.imports;

import io.clientela.database.Database;
import io.clientela.http.WorkerThread;
import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Writes the rows of an import, piece by piece in their order: each piece in one transaction. While the database writes
 * one, the next one is read on a worker thread.
 */
@ApplicationScoped
class ImportRun {
    private static final Logger LOG = Logger.getLogger(ImportRun.class);

    private final Database database;
    private final Caller caller;
    private final ImportWork work;
    private final PieceReader reader;
    private final ImportMetrics metrics;
    private final Map<String, RowType> types;

    ImportRun(
            Database database,
            Caller caller,
            ImportWork work,
            PieceReader reader,
            ImportMetrics metrics,
            @All List<RowType> types) {
        this.database = database;
        this.caller = caller;
        this.work = work;
        this.reader = reader;
        this.metrics = metrics;
        this.types = types.stream().collect(Collectors.toMap(RowType::name, Function.identity()));
    }

    /**
     * Works on an import on behalf of who sent it.
     *
     * @param goesOn whether to begin another piece
     * @return a failure if it is to be tried again later
     */
    @ActivateRequestContext
    Uni<Void> run(ImportJob job, BooleanSupplier goesOn) {
        var sender = job.sender();
        caller.set(
                job.tenant(),
                sender.actor().orElse(null),
                sender.location().orElse(null),
                sender.confined(),
                sender.requestId().orElse(null));
        caller.setImport(job.id());
        if (job.nextPiece() >= job.pieces()) {
            return work.complete(job);
        }
        var type = types.get(job.type());
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicInteger(job.nextPiece()), number -> read(job, type, number.getAndIncrement()))
                .whilst(piece -> piece.number() + 1 < job.pieces() && goesOn.getAsBoolean())
                .onItem()
                .transformToUni(piece -> write(job, type, piece))
                .concatenate(true)
                .collect()
                .last()
                .chain(last -> last == job.pieces()
                        ? work.complete(job)
                        : Uni.createFrom().voidItem());
    }

    private Uni<ReadPiece> read(ImportJob job, RowType type, int number) {
        return work.piece(job, number)
                .chain(piece -> WorkerThread.compute(
                        () -> ReadPiece.of(piece, reader.read(piece, job.options(), type.columns()), type, job)));
    }

    /** Returns the number of the piece that is next. */
    private Uni<Integer> write(ImportJob job, RowType type, ReadPiece piece) {
        int from = piece.number() == job.nextPiece() ? job.nextRow() : 0;
        return write(job, type, piece, from, piece.rows().size()).replaceWith(piece.number() + 1);
    }

    /** Writes rows of a piece in one transaction; if they fail for a reason of ours, each half of them. */
    private Uni<Void> write(ImportJob job, RowType type, ReadPiece piece, int from, int to) {
        var part = piece.part(from, to);
        return write(job, piece, from, to, () -> part.write(type, job))
                .onFailure(ImportRun::isDefect)
                .recoverWithUni(failure -> {
                    if (to - from > 1) {
                        int middle = (from + to) / 2;
                        return write(job, type, piece, from, middle).chain(() -> write(job, type, piece, middle, to));
                    }
                    LOG.errorf(failure, "Row %d of piece %d of import %s failed", from, piece.number(), job.id());
                    var refused = part.refused(Failures.of(failure));
                    return write(job, piece, from, to, () -> Uni.createFrom().item(refused));
                });
    }

    private Uni<Void> write(ImportJob job, ReadPiece piece, int from, int to, Supplier<Uni<Done>> rows) {
        var before = job.at(piece.number(), from);
        var after = to == piece.rows().size() ? job.at(piece.number() + 1, 0) : job.at(piece.number(), to);
        return database.transaction(() -> rows.get().call(done -> work.advance(before, after, done)))
                .invoke(metrics::count)
                .replaceWithVoid();
    }

    /**
     * Whether trying again would probably fail again: neither the database nor the lease is the reason. In halves, rows
     * that only met a concurrent request are tried again at once.
     */
    private static boolean isDefect(Throwable failure) {
        return !(failure instanceof LeaseLostException)
                && !(failure instanceof ProblemException)
                && (Failures.of(failure).code() == ProblemCode.INTERNAL_ERROR
                        || Failures.isConstraintViolation(failure));
    }
}
