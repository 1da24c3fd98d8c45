package io.clientela.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.Platform;
import io.clientela.support.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The migration to cursors, in a database that the version before goes on writing to. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class EventCursorMigrationTest {
    private static final String INDEX = "19";
    private static final String CURSORS = "19.1";
    private static final String INSERT = "INSERT INTO customer_event"
            + " (tenant_id, id, customer_id, customer_version, type, at) VALUES (?, ?, ?, 1, 'customer.created', now())";
    private static final String UNREAD = "SELECT e.customer_id FROM customer_event e LEFT JOIN event_cursor c"
            + " ON c.tenant_id = e.tenant_id AND c.reader = 'duplicates'"
            + " WHERE c IS NULL OR (e.transaction_id, e.id) > (c.transaction_id, c.event_id)";

    @Inject
    Flyway flyway;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    private final String database =
            "event_cursor_" + UUID.randomUUID().toString().replace("-", "");

    @BeforeEach
    void createDatabase() {
        TestDatabase.execute("CREATE DATABASE " + database);
    }

    @AfterEach
    void dropDatabase() {
        TestDatabase.execute("DROP DATABASE " + database + " WITH (FORCE)");
    }

    @Test
    void transactionsOpenDuringMigrationAreFollowed() throws SQLException {
        migrate(INDEX);
        try (var open = connect();
                var other = connect()) {
            open.setAutoCommit(false);
            add(other, "known");
            var ofOpen = add(open, "known");
            var ofNewTenant = add(open, "new");
            add(other, "known");

            migrate(CURSORS);
            open.commit();
            var later = add(other, "known");

            // Of the two that ended before, the second is behind the open transaction, and is read again.
            assertThat(unread(other)).contains(ofOpen, ofNewTenant, later).hasSize(4);
        }
    }

    private void migrate(String target) {
        Flyway.configure()
                .configuration(flyway.getConfiguration())
                .dataSource(databaseUrl(), "postgres", "postgres")
                .target(target)
                .load()
                .migrate();
    }

    private static UUID add(Connection session, String tenant) throws SQLException {
        var customer = UUID.randomUUID();
        try (var insert = session.prepareStatement(INSERT)) {
            insert.setString(1, tenant);
            insert.setObject(2, UUID.randomUUID());
            insert.setObject(3, customer);
            insert.executeUpdate();
        }
        return customer;
    }

    private static List<UUID> unread(Connection session) throws SQLException {
        List<UUID> customers = new ArrayList<>();
        try (var query = session.createStatement();
                var rows = query.executeQuery(UNREAD)) {
            while (rows.next()) {
                customers.add(rows.getObject(1, UUID.class));
            }
        }
        return customers;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(databaseUrl(), "postgres", "postgres");
    }

    private String databaseUrl() {
        return url.replaceFirst("/postgres\\b(?=[^/]*$)", "/" + database);
    }
}
