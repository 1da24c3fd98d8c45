package io.clientela.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Locks of migrations, set so that a migration stops neither the pods that serve meanwhile nor itself. */
@Singleton
class MigrationLocks implements FlywayConfigurationCustomizer, Callback {
    /** Flyway asks once per second; an index on a large table takes longer than its default of 50 attempts. */
    private static final int UNLIMITED = -1;

    /**
     * Flyway's lock, by which one pod migrates while the others wait, is held by its session. By default a transaction
     * holds it, for which {@code CREATE INDEX CONCURRENTLY} waits, and which waits for the index: for ever.
     */
    @Override
    public void customize(FluentConfiguration flyway) {
        flyway.getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        flyway.lockRetryCount(UNLIMITED).callbacks(this);
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    /**
     * Sets {@code lock_timeout} for the next migration. Every later statement on a table queues behind one that waits
     * for an exclusive lock, so a migration gives up before requests do, which wait 2 s for a connection and 3 s for a
     * lock. Not one outside a transaction: {@code CONCURRENTLY} waits for older transactions, such as that of a dump,
     * while nothing waits for it, and leaves an invalid index if it gives up.
     */
    @Override
    public void handle(Event event, Context context) {
        Connection connection = context.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute(connection.getAutoCommit() ? "SET lock_timeout = 0" : "SET lock_timeout = '1s'");
        } catch (SQLException e) {
            throw new FlywayException("Cannot set lock_timeout for the migration", e);
        }
    }

    @Override
    public String getCallbackName() {
        return "lock timeout";
    }
}
