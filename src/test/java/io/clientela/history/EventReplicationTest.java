package io.clientela.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of events as an outbox: what a connector reads by logical decoding. */
class EventReplicationTest {
    private static final Path COMPONENT = Path.of("k8s", "components", "kafka");
    private static final Pattern EVENT_ID =
            Pattern.compile("^table public\\.customer_event: INSERT: .* id\\[uuid]:'([0-9a-f-]{36})'");
    private static final String INSERT = "INSERT INTO customer_event"
            + " (tenant_id, id, customer_id, customer_version, type, at) VALUES ('t', ?, ?, 1, 'customer.created', now())";

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startDatabase() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .setServerConfig("synchronous_commit", "on") // only what is flushed is decoded
                .start();
        Flyway.configure()
                .dataSource(postgres.getPostgresDatabase())
                .placeholders(Map.of("default_currency", "BRL"))
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
        try (var connection = connect()) {
            execute(connection, Files.readString(COMPONENT.resolve("publication.sql")));
            execute(connection, "SELECT pg_create_logical_replication_slot('in_order', 'test_decoding')");
            execute(connection, "SELECT pg_create_logical_replication_slot('published', 'pgoutput')");
        }
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @Test
    void eventsAreDecodedOnceInOrderOfCommits() throws SQLException {
        try (var first = connect();
                var second = connect();
                var reader = connect()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            decoded(reader);
            var begunFirst = add(first);
            var rolledBack = add(second);
            second.rollback();
            var committedFirst = add(second);
            second.commit();
            var later = add(first);
            first.commit();

            assertThat(decoded(reader))
                    .containsExactly(committedFirst, begunFirst, later)
                    .doesNotContain(rolledBack);
            assertThat(decoded(reader)).isEmpty();
        }
    }

    @Test
    void onlyNewEventsArePublished() throws SQLException {
        try (var connection = connect()) {
            published(connection);
            var id = add(connection);
            execute(connection, "UPDATE customer_event SET changes = '{}' WHERE id = '" + id + "'");
            execute(connection, "DELETE FROM customer_event WHERE id = '" + id + "'");
            execute(
                    connection,
                    "INSERT INTO deleted_customer (tenant_id, id, deleted_at) VALUES ('t', '" + id + "', now())");

            assertThat(published(connection)).containsOnlyOnce('I').doesNotContain('U', 'D');
        }
    }

    @Test
    void connectorNamesColumnsOfTable() throws IOException, SQLException {
        var connector =
                new ObjectMapper().readTree(COMPONENT.resolve("connector.json").toFile());
        var named = Stream.of("event.id", "event.key", "event.payload")
                .map(field ->
                        connector.path("transforms.outbox.table.field." + field).asText());
        var additional = Stream.of(connector
                        .path("transforms.outbox.table.fields.additional.placement")
                        .asText()
                        .split(","))
                .map(placement -> placement.substring(0, placement.indexOf(':')));
        var route = Stream.of(connector.path("transforms.outbox.route.by.field").asText());

        assertThat(columns())
                .containsAll(Stream.of(named, additional, route)
                        .flatMap(names -> names)
                        .toList());
        assertThat(connector.path("publication.name").asText()).isEqualTo("clientela_events");
        assertThat(connector.path("table.include.list").asText()).isEqualTo("public.customer_event");
    }

    private static List<String> columns() throws SQLException {
        return strings("SELECT column_name FROM information_schema.columns WHERE table_name = 'customer_event'");
    }

    private static List<UUID> decoded(Connection connection) throws SQLException {
        return strings(connection, "SELECT data FROM pg_logical_slot_get_changes('in_order', NULL, NULL)").stream()
                .map(EVENT_ID::matcher)
                .filter(found -> found.find())
                .map(found -> UUID.fromString(found.group(1)))
                .toList();
    }

    /** Returns the kinds of the messages of the protocol (PostgreSQL, "Logical Replication Message Formats"). */
    private static List<Character> published(Connection connection) throws SQLException {
        return strings(connection, """
                        SELECT chr(get_byte(data, 0)) FROM pg_logical_slot_get_binary_changes(
                            'published', NULL, NULL, 'proto_version', '1', 'publication_names', 'clientela_events')""").stream().map(kind -> kind.charAt(0)).collect(Collectors.toList());
    }

    private static UUID add(Connection connection) throws SQLException {
        var id = UUID.randomUUID();
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, id);
            statement.setObject(2, UUID.randomUUID());
            statement.executeUpdate();
        }
        return id;
    }

    private static List<String> strings(String sql) throws SQLException {
        try (var connection = connect()) {
            return strings(connection, sql);
        }
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }
}
