package io.clientela.database;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests on connections that have prepared their statements before a migration added columns. */
@QuarkusTest
class NewColumnTest extends ApiTest {
    private static final String TABLES =
            "SELECT tablename FROM pg_tables" + " WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history'";

    private final TestTenant tenant = TestTenant.fresh();

    @AfterEach
    void dropColumns() {
        alterAllTables("DROP COLUMN IF EXISTS added_later");
    }

    @Test
    void requestsSucceedAfterColumnsWereAdded() {
        var customer = CUSTOMERS + "/" + tenant.createNamed("Jane");
        var call = tenant.json("{\"started_at\":\"2026-02-15T11:30:00Z\"}")
                .post(customer + "/calls")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        var paths = List.of(
                CUSTOMERS + "?include=addresses,stats,clusters,calls,orders",
                CUSTOMERS + "?search=jane",
                customer,
                customer + "/calls",
                customer + "/calls/" + call,
                customer + "/addresses",
                customer + "/orders",
                customer + "/history",
                customer + "/consents",
                customer + "/duplicates",
                customer + "/merges",
                "/v1/clusters",
                "/v1/duplicates");
        assertThat(requests(customer, paths)).containsOnly(200);

        alterAllTables("ADD COLUMN added_later text");

        assertThat(requests(customer, paths)).containsOnly(200);
    }

    /** Reads and a write, twice each, since a statement may be prepared by the first and kept by the second. */
    private List<Integer> requests(String customer, List<String> paths) {
        return Stream.of(paths, paths)
                .flatMap(List::stream)
                .flatMap(path -> Stream.of(
                        tenant.call().get(path).statusCode(),
                        tenant.json("{\"notes\":\"" + path.length() + "\"}")
                                .patch(customer)
                                .statusCode()))
                .toList();
    }

    private static void alterAllTables(String change) {
        TestDatabase.column(TABLES).forEach(table -> TestDatabase.execute("ALTER TABLE " + table + " " + change));
    }
}
