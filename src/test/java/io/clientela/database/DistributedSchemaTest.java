package io.clientela.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.Platform;
import io.clientela.support.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What distributing the tables by tenant requires of the schema (docs/operations.md, "Scaling beyond one PostgreSQL").
 */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class DistributedSchemaTest {
    private static final String TABLES = """
            SELECT c.oid, c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'flyway_schema_history'""";

    @Test
    void primaryKeysLeadWithTenant() throws SQLException {
        assertThat(names("SELECT t.relname FROM (" + TABLES + """
                ) AS t WHERE NOT EXISTS (
                    SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
                    WHERE i.indrelid = t.oid AND i.indisprimary AND a.attname = 'tenant_id')""")).isEmpty();
    }

    @Test
    void uniqueKeysContainTenant() throws SQLException {
        assertThat(names("SELECT i.indexrelid::regclass::text FROM (" + TABLES + """
                ) AS t JOIN pg_index i ON i.indrelid = t.oid
                WHERE i.indisunique AND NOT EXISTS (
                    SELECT FROM pg_attribute a
                    WHERE a.attrelid = t.oid AND a.attnum = ANY(i.indkey) AND a.attname = 'tenant_id')"""))
                .isEmpty();
    }

    @Test
    void foreignKeysLeadWithTenantOfBoth() throws SQLException {
        assertThat(names("SELECT f.conname FROM (" + TABLES + """
                ) AS t JOIN pg_constraint f ON f.conrelid = t.oid AND f.contype = 'f'
                JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
                JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = f.confkey[1]
                WHERE a.attname <> 'tenant_id' OR b.attname <> 'tenant_id'""")).isEmpty();
    }

    private static List<String> names(String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (var connection = TestDatabase.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
