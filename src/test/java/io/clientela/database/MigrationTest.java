package io.clientela.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientela.support.Platform;
import io.clientela.support.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations that wait for other sessions, as the service's Flyway runs them, in a new database. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class MigrationTest {
    private static final String READ = "SELECT count(*) FROM item";
    private static final String ADD_COLUMN = "ALTER TABLE item ADD COLUMN name text;";
    private static final String INDEX = """
            DROP INDEX CONCURRENTLY IF EXISTS item_key;
            CREATE UNIQUE INDEX CONCURRENTLY item_key ON item (id);
            """;
    /** Longer than the lock timeout of migrations. */
    private static final Duration LONG = Duration.ofSeconds(4);

    private static final int TIMEOUT = 20; // seconds

    @TempDir
    Path migrations;

    @Inject
    Flyway flyway;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    private final String database = "migration_" + UUID.randomUUID().toString().replace("-", "");
    private final List<Connection> sessions = new ArrayList<>();

    /** With one table, and with limits for requests as a role may have them. */
    @BeforeEach
    void createDatabase() throws Exception {
        TestDatabase.execute("CREATE DATABASE " + database);
        TestDatabase.execute("ALTER DATABASE " + database + " SET statement_timeout = '1s'");
        TestDatabase.execute("ALTER DATABASE " + database + " SET idle_session_timeout = '1s'");
        addMigration("V1__item.sql", "CREATE TABLE item (id int); INSERT INTO item VALUES (1);");
        migrate();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        for (var session : sessions) {
            session.close();
        }
        TestDatabase.execute("DROP DATABASE " + database + " WITH (FORCE)");
    }

    @Test
    void concurrentIndexIsBuiltDuringLongRead() throws Exception {
        addMigration("V2__index.sql", INDEX);
        var reader = read();

        var migration = start();
        TimeUnit.MILLISECONDS.sleep(LONG.toMillis());
        assertThat(migration).isNotDone();
        reader.commit();

        assertThat(migrations(migration)).isOne();
        assertThat(validIndexes()).containsExactly("item_key");
    }

    @Test
    void secondStartWaitsForIndexOfFirst() throws Exception {
        addMigration("V2__index.sql", INDEX);
        var reader = read();

        var first = start();
        var second = start();
        TimeUnit.MILLISECONDS.sleep(LONG.toMillis());
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        reader.commit();

        assertThat(migrations(first) + migrations(second)).isOne();
        assertThat(validIndexes()).containsExactly("item_key");
    }

    @Test
    void exclusiveLockIsGivenUpDuringLongRead() throws Exception {
        addMigration("V2__name.sql", ADD_COLUMN);
        var reader = read();

        assertThatThrownBy(this::migrate).hasMessageContaining("canceling statement due to lock timeout");
        reader.commit();

        assertThat(migrate()).isOne();
    }

    @Test
    void lockTimeoutFollowsEachMigration() throws Exception {
        addMigration("V2__index.sql", INDEX);
        addMigration("V3__name.sql", ADD_COLUMN);
        addMigration(
                "V4__timeout.sql", "CREATE TABLE timeout AS SELECT current_setting('lock_timeout') AS lock_timeout;");

        migrate();

        assertThat(column("SELECT lock_timeout FROM timeout")).containsExactly("1s");
    }

    /** As docs/operations.md describes it. */
    @Test
    void failedIndexIsRepeatedAfterItsRecordIsDeleted() throws Exception {
        addMigration("V2__index.sql", INDEX);
        execute("INSERT INTO item VALUES (1)");
        assertThatThrownBy(this::migrate).hasMessageContaining("could not create unique index");
        assertThatThrownBy(this::migrate)
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("failed migration to version 2");
        assertThat(validIndexes()).isEmpty();

        execute("DELETE FROM item WHERE ctid = (SELECT max(ctid) FROM item)");
        execute("DELETE FROM flyway_schema_history WHERE NOT success");
        migrate();

        assertThat(validIndexes()).containsExactly("item_key");
    }

    @Test
    void previousVersionStartsOnNewerSchema() throws Exception {
        addMigration("V2__name.sql", ADD_COLUMN);
        migrate();

        Files.delete(migrations.resolve("V2__name.sql"));

        assertThat(migrate()).isZero();
    }

    @Test
    void previousVersionStartsAfterFailedIndex() throws Exception {
        addMigration("V2__index.sql", INDEX);
        execute("INSERT INTO item VALUES (1)");
        assertThatThrownBy(this::migrate).hasMessageContaining("could not create unique index");

        Files.delete(migrations.resolve("V2__index.sql"));

        assertThat(migrate()).isZero();
    }

    private void addMigration(String name, String sql) throws IOException {
        Files.writeString(migrations.resolve(name), sql);
    }

    /** Migrates in a thread of its own, since a session that waits for a lock cannot be interrupted. */
    private int migrate() throws Exception {
        return migrations(start());
    }

    private static int migrations(CompletableFuture<MigrateResult> migration) throws Exception {
        try {
            return migration.get(TIMEOUT, TimeUnit.SECONDS).migrationsExecuted;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FlywayException failure ? failure : e;
        }
    }

    private CompletableFuture<MigrateResult> start() {
        return CompletableFuture.supplyAsync(() -> Flyway.configure()
                .configuration(flyway.getConfiguration())
                .dataSource(databaseUrl(), "postgres", "postgres")
                .resourceProvider(null)
                .javaMigrationClassProvider(null)
                .locations("filesystem:" + migrations)
                .load()
                .migrate());
    }

    /** A transaction that has read the table, and stays open. */
    private Connection read() throws SQLException {
        var session = connect();
        session.setAutoCommit(false);
        session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        session.createStatement().executeQuery(READ);
        return session;
    }

    private List<String> validIndexes() throws SQLException {
        return column("SELECT indexrelid::regclass FROM pg_index WHERE indrelid = 'item'::regclass AND indisvalid");
    }

    private void execute(String sql) throws SQLException {
        connect().createStatement().execute(sql);
    }

    private List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (var rows = connect().createStatement().executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private Connection connect() throws SQLException {
        var session = DriverManager.getConnection(databaseUrl(), "postgres", "postgres");
        sessions.add(session);
        return session;
    }

    private String databaseUrl() {
        return url.replaceFirst("/postgres\\b(?=[^/]*$)", "/" + database);
    }
}
