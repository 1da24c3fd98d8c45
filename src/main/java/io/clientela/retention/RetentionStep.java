package io.clientela.retention;

import io.clientela.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Deletes a few rows that are past their time, in a transaction that holds an advisory lock: at any time only one
 * instance of the service deletes (ADR 17).
 */
@ApplicationScoped
class RetentionStep {
    /**
     * Of a request and this transaction, which wait for each other, the request is not to be the one that fails: the
     * step gives up before PostgreSQL looks for a deadlock, after {@code deadlock_timeout}, 1 s by default. A step is
     * to read the oldest rows in the order of an index, which a bitmap cannot, even where few are expected for a
     * tenant.
     */
    private static final String PREPARE = """
            SELECT set_config('lock_timeout', '500ms', true), set_config('enable_bitmapscan', 'off', true),
                   set_config('jit', 'off', true),
                   pg_try_advisory_xact_lock(hashtextextended('clientela retention', 0)) AS locked""";

    private final Database database;

    RetentionStep(Database database) {
        this.database = database;
    }

    /** Returns how many rows were deleted; empty if another instance is deleting. */
    Uni<OptionalInt> execute(RetentionRule rule, Duration age) {
        return database.transactionAllTenants(transaction -> tryLock(transaction)
                .chain(locked -> locked
                        ? transaction
                                .preparedQuery(rule.statement())
                                .execute(Tuple.of((double) age.toSeconds()))
                                .map(deleted -> OptionalInt.of(deleted.rowCount()))
                        : Uni.createFrom().item(OptionalInt.empty())));
    }

    private static Uni<Boolean> tryLock(SqlConnection transaction) {
        return transaction.preparedQuery(PREPARE).execute().map(rows -> rows.iterator()
                .next()
                .getBoolean("locked"));
    }
}
