package io.clientela.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/**
 * A read-only transaction in which all statements see the same data (PostgreSQL, "Repeatable Read Isolation Level"),
 * for results of any length. Statements must run one after the other.
 */
public final class Snapshot {
    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private static final String END = "ROLLBACK";

    private final SqlConnection connection;
    private final long deadline;

    private Snapshot(SqlConnection connection, Duration timeout) {
        this.connection = connection;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    /** Begins a snapshot on a connection, which {@link #close} returns to its pool. */
    static Uni<Snapshot> begin(SqlConnection connection, Duration timeout) {
        return connection
                .query(BEGIN)
                .execute()
                .onFailure()
                .call(connection::close)
                .map(begun -> new Snapshot(connection, timeout));
    }

    /** Executes a statement whose rows are few. */
    public Uni<RowSet<Row>> query(String sql, Tuple values) {
        return connection.preparedQuery(sql).execute(values);
    }

    /**
     * Returns the rows of a statement in batches, the last of which may be empty. A batch is read when the one before
     * is requested, so that no more than two are in memory; for {@code statement_timeout}, each one is a statement of
     * its own.
     *
     * @param size returns the number of rows of the next batch
     */
    public Multi<RowSet<Row>> batches(Select select, IntSupplier size) {
        return connection.prepare(select.sql()).onItem().transformToMulti(statement -> {
            var cursor = statement.cursor(select.values());
            return new ReadAhead(() -> read(cursor, size.getAsInt()), cursor::hasMore)
                    .batches()
                    .onCompletion()
                    .call(cursor::close);
        });
    }

    /** A transaction that never ended would keep PostgreSQL from removing what was deleted since it began. */
    private Uni<RowSet<Row>> read(Cursor cursor, int size) {
        return System.nanoTime() - deadline > 0
                ? Uni.createFrom().failure(new TimeoutException("The snapshot is older than its timeout"))
                : cursor.read(size);
    }

    /** Ends the transaction, after the statement that is running, and returns the connection to its pool. */
    Uni<Void> close() {
        return connection
                .query(END)
                .execute()
                .onTermination()
                .call(connection::close)
                .replaceWithVoid();
    }
}
