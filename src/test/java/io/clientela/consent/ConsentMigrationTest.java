package io.clientela.consent;

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

/** The migration to stored consents, in a database with events of the version before. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class ConsentMigrationTest {
    private static final String BEFORE = "21";
    private static final String AFTER = "22.1";
    private static final UUID CUSTOMER = UUID.randomUUID();
    private static final String INSERT = "INSERT INTO customer_event"
            + " (tenant_id, id, customer_id, customer_version, type, at, actor, request_id, changes)"
            + " VALUES ('a', gen_random_uuid(), ?, ?, ?, '2026-01-01T00:00:00Z', ?, 'request', ?)";
    private static final String CONSENTS = "SELECT concat_ws(' ', tenant_id, customer_id, customer_version, preference,"
            + " coalesce(granted::text, 'null'), extract(year FROM at), actor, source, request_id)"
            + " FROM customer_consent ORDER BY customer_version, preference";

    @Inject
    Flyway flyway;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    private final String database = "consent_" + UUID.randomUUID().toString().replace("-", "");

    @BeforeEach
    void createDatabase() {
        TestDatabase.execute("CREATE DATABASE " + database);
        migrate(BEFORE);
    }

    @AfterEach
    void dropDatabase() {
        TestDatabase.execute("DROP DATABASE " + database + " WITH (FORCE)");
    }

    @Test
    void consentsOfEventsAreStored() throws SQLException {
        add(1, "customer.created", "tester", """
                {"preferences": {"from": null, "to": {"order_updates": true, "promotions": null,
                    "newsletter": false, "whatsapp": null}}}""");
        add(2, "customer.updated", CUSTOMER.toString(), change("true", "false"));
        add(3, "customer.merged", "tester", change("false", "true"));
        add(4, "customer.merge_undone", null, change("true", "null"));

        migrate(AFTER);

        assertThat(consents())
                .containsExactly(
                        row(1, "newsletter false 2026 tester api"),
                        row(1, "order_updates true 2026 tester api"),
                        row(2, "order_updates false 2026 " + CUSTOMER + " self_service"),
                        row(3, "order_updates true 2026 tester merge"),
                        row(4, "order_updates null 2026 merge_undone"));
    }

    @Test
    void otherEventsStoreNoConsent() throws SQLException {
        add(1, "customer.created", "tester", """
                {"name": {"from": null, "to": "the \\"preferences\\""}, "attributes": {"from": null,
                    "to": {"preferences": {"to": {"promotions": true}}, "large": 1e400000}}}""");
        add(2, "customer.deleted", "tester", change("true", "null"));

        migrate(AFTER);

        assertThat(consents()).isEmpty();
    }

    private static String change(String from, String to) {
        return "{\"preferences\":{\"from\":{\"order_updates\":" + from + "},\"to\":{\"order_updates\":" + to + "}}}";
    }

    private static String row(int version, String consent) {
        return "a " + CUSTOMER + " " + version + " " + consent + " request";
    }

    private void add(long version, String type, String actor, String changes) throws SQLException {
        try (var session = connect();
                var insert = session.prepareStatement(INSERT)) {
            insert.setObject(1, CUSTOMER);
            insert.setLong(2, version);
            insert.setString(3, type);
            insert.setString(4, actor);
            insert.setString(5, changes);
            insert.executeUpdate();
        }
    }

    private List<String> consents() throws SQLException {
        List<String> consents = new ArrayList<>();
        try (var session = connect();
                var query = session.createStatement();
                var rows = query.executeQuery(CONSENTS)) {
            while (rows.next()) {
                consents.add(rows.getString(1));
            }
        }
        return consents;
    }

    private void migrate(String target) {
        Flyway.configure()
                .configuration(flyway.getConfiguration())
                .dataSource(databaseUrl(), "postgres", "postgres")
                .target(target)
                .load()
                .migrate();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(databaseUrl(), "postgres", "postgres");
    }

    private String databaseUrl() {
        return url.replaceFirst("/postgres\\b(?=[^/]*$)", "/" + database);
    }
}
