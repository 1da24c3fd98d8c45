package io.clientela.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** The database under the service, for what cannot be arranged or seen through HTTP. */
public final class TestDatabase {
    /** Where the database of the packaged application is; that of the one in this process is in its configuration. */
    static final String URL = "test.database";

    private TestDatabase() {}

    private static Connection connect() throws SQLException {
        var url = System.getProperty(URL);
        if (url == null) {
            url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        }
        return DriverManager.getConnection(url, "postgres", "postgres");
    }

    /** Runs a statement; returns how many rows it touched. */
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

    /** Does something while another session of the database holds a customer's row. */
    public static void whileLocked(String customerId, Runnable work) {
        try (var connection = connect()) {
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement("SELECT 1 FROM customer WHERE id = ?::uuid FOR UPDATE")) {
                statement.setString(1, customerId);
                statement.executeQuery();
            }
            work.run();
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of every row of a query. */
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
