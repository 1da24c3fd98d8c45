package io.clientela.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/** Direct access to the service's database, for what HTTP does not offer. */
public final class TestDatabase {
    /** The property with the URL of the packaged application's database; otherwise the configuration has it. */
    static final String URL = "test.database";

    private TestDatabase() {}

    /** Opens a session of its own. */
    public static Connection connect() throws SQLException {
        var url = System.getProperty(URL);
        if (url == null) {
            url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        }
        return DriverManager.getConnection(url, "postgres", "postgres");
    }

    /** Executes a statement; returns the number of affected rows. */
    public static int execute(String sql, Object... parameters) {
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs work while another session of the database holds a customer's row. */
    public static void whileLocked(String customerId, Runnable work) {
        whileLocked("SELECT 1 FROM customer WHERE id = ?::uuid FOR UPDATE", customerId, work);
    }

    /** Runs work while another session of the database holds the rows that a query locks. */
    public static void whileLocked(String lock, String parameter, Runnable work) {
        try (var connection = connect()) {
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement(lock)) {
                statement.setString(1, parameter);
                statement.executeQuery();
            }
            work.run();
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until this many sessions wait for a lock of another one. */
    public static void awaitBlockedSessions(int count) {
        var blocked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        for (int attempts = 500; attempts > 0; attempts--) {
            if (Integer.parseInt(column(blocked).get(0)) >= count) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("There are fewer than " + count + " blocked sessions");
    }

    /** Returns the first column of a query. */
    public static List<String> column(String sql, Object... parameters) {
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> values = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
