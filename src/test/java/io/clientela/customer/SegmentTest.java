package io.clientela.customer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The segments of customers: in every answer, and as a filter. */
@QuarkusTest
class SegmentTest extends ApiTest {
    private static final List<String> SEGMENTS = List.of("lead", "new", "regular", "vip", "at_risk", "dormant");

    private final TestTenant tenant = TestTenant.fresh();

    private String order(String customer, int daysAgo, String fields) {
        return tenant.json("{\"placed_at\":\"" + Instant.now().minus(Duration.ofDays(daysAgo)) + "\"," + fields + "}")
                .post(CUSTOMERS + "/" + customer + "/orders")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String customerWithOrder(String name, int daysAgo, int total) {
        var id = tenant.createNamed(name);
        order(id, daysAgo, "\"total\":" + total);
        return id;
    }

    private String segmentOf(String id) {
        return tenant.get(id).then().statusCode(200).extract().path("segment");
    }

    private JsonPath list(String query) {
        return tenant.call()
                .get(CUSTOMERS + "?page_size=100" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void filterSelectsCustomersOfTheSegment() {
        tenant.createNamed("lead");
        customerWithOrder("new", 29, 10);
        order(customerWithOrder("regular", 100, 10), 50, "\"total\":10");
        customerWithOrder("vip", 179, 1000);
        customerWithOrder("at_risk", 200, 5000);
        customerWithOrder("dormant", 366, 5000);

        for (String segment : SEGMENTS) {
            var found = list("&segment=" + segment);

            assertThat(found.getList("data.name")).containsExactly(segment);
            assertThat(found.getList("data.segment")).containsExactly(segment);
            assertThat(found.getInt("meta.total_count")).isEqualTo(1);
            assertThat(list("&segment=" + segment + "&fields=segment").getList("data"))
                    .isEqualTo(List.of(Map.of("segment", segment)));
        }
        assertThat(list("&fields=name,segment").<Map<String, String>>getList("data"))
                .allSatisfy(customer -> assertThat(customer.get("segment")).isEqualTo(customer.get("name")));
    }

    /** A page of few customers and one of many are found in two ways. */
    @Test
    void largeSegmentIsPagedInTheOrderOfTheList() {
        insertAtRisk(2001);
        var names = list("&segment=at_risk&count=none").getList("data.name");
        assertThat(names).hasSize(100).startsWith("N0001", "N0002").isSorted();

        assertThat(lastPage()).containsExactly("N0001");

        TestDatabase.execute("DELETE FROM customer WHERE tenant_id = ? AND name = 'N0001'", tenant.name());
        assertThat(list("&segment=at_risk&count=none").getList("data.name"))
                .startsWith("N0002", "N0003")
                .isSorted();
        assertThat(lastPage()).isEmpty();
    }

    /** Returns what follows the first 2,000 in descending order, by cursor. */
    private List<String> lastPage() {
        var page = list("&segment=at_risk&sort_order=desc&page=20");
        var cursor = page.getString("meta.next_cursor");
        assertThat(page.getList("data")).hasSize(100);
        return cursor == null
                ? List.of()
                : list("&segment=at_risk&sort_order=desc&cursor=" + cursor).getList("data.name");
    }

    private void insertAtRisk(int count) {
        TestDatabase.execute("""
                INSERT INTO customer (tenant_id, id, number, name, created_at, updated_at, spending_orders,
                    first_counted_at, last_counted_at)
                SELECT ?, gen_random_uuid(), nextval('customer_number'), 'N' || lpad(n::text, 4, '0'), now(), now(), 1,
                    '2020-01-01', now() - interval '200 days'
                FROM generate_series(1, ?) AS n""", tenant.name(), count);
    }

    @Test
    void ordersThatAreNotSpentDoNotCount() {
        var id = tenant.createNamed("Jane");
        assertThat(segmentOf(id)).isEqualTo("lead");
        order(id, 1, "\"total\":5000,\"status\":\"canceled\"");
        order(id, 1, "\"total\":5000,\"currency\":\"USD\"");
        var refunded = order(id, 1, "\"total\":5000,\"status\":\"refunded\"");

        assertThat(segmentOf(id)).isEqualTo("lead");

        var path = CUSTOMERS + "/" + id + "/orders/" + refunded;
        tenant.json("{\"status\":\"paid\"}").patch(path).then().statusCode(200);
        assertThat(segmentOf(id)).isEqualTo("vip");
        tenant.json("{\"total\":999.99}").patch(path).then().statusCode(200);
        assertThat(segmentOf(id)).isEqualTo("new");
        tenant.call().delete(path).then().statusCode(204);
        assertThat(segmentOf(id)).isEqualTo("lead");
    }

    @Test
    void segmentIsInAnswersOfWritesButNotInHistory() {
        tenant.json("{\"name\":\"A\"}").post(CUSTOMERS).then().statusCode(201).body("segment", equalTo("lead"));
        var id = tenant.json("{\"name\":\"B\",\"external_id\":\"b\"}")
                .post(CUSTOMERS + "/upsert")
                .then()
                .body("customer.segment", equalTo("lead"))
                .extract()
                .<String>path("customer.id");
        order(id, 1, "\"total\":2000");

        assertThat(tenant.patch(id, "{\"notes\":\"x\"}").getString("segment")).isEqualTo("vip");
        tenant.json("{\"status\":\"inactive\"}")
                .put(CUSTOMERS + "/" + id + "/status")
                .then()
                .body("segment", equalTo("vip"));
        tenant.json("{\"customers\":[{\"name\":\"C\",\"external_id\":\"c\"},{\"name\":\"B\",\"external_id\":\"b\"}]}")
                .post(CUSTOMERS + "/batch")
                .then()
                .body("data.customer.segment", equalTo(List.of("lead", "vip")));
        var history = tenant.call().get(CUSTOMERS + "/" + id + "/history").asString();
        assertThat(history).contains("inactive").doesNotContain("segment");
    }

    @Test
    void mergeAddsUpWhatWasSpentAndUndoTakesItBack() {
        var target = customerWithOrder("T", 100, 600);
        var source = customerWithOrder("S", 20, 400);
        var body = "{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}";

        tenant.json(body)
                .queryParam("dry_run", true)
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .body("customer.segment", equalTo("vip"));
        var merge = tenant.json(body)
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .body("segment", equalTo("vip"))
                .extract()
                .<String>path("merge_id");
        assertThat(list("&segment=vip").getList("data.id")).containsExactly(target);

        tenant.json("{}").post("/v1/merges/" + merge + "/undo").then().statusCode(200);
        assertThat(segmentOf(target)).isEqualTo("regular");
        assertThat(segmentOf(source)).isEqualTo("new");
        assertThat(list("&segment=vip").getList("data")).isEmpty();
    }

    /** Forty customers pass the boundary while the list is read. */
    @Test
    void filterAndViewAgreeWhileTimePasses() {
        for (int i = 0; i < 40; i++) {
            tenant.createNamed("C" + i);
        }
        TestDatabase.execute("""
                UPDATE customer c SET spending_orders = 1, first_counted_at = '2020-01-01',
                    last_counted_at = now() - interval '180 days' + n * interval '50 milliseconds'
                FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM customer WHERE tenant_id = ?) AS numbered
                WHERE c.id = numbered.id""", tenant.name());

        var end = Instant.now().plusMillis(2500);
        while (Instant.now().isBefore(end)) {
            for (String segment : List.of("regular", "at_risk")) {
                tenant.call()
                        .get(CUSTOMERS + "?page_size=100&segment=" + segment)
                        .then()
                        .body("data.segment", everyItem(equalTo(segment)));
            }
        }

        assertThat(list("&segment=at_risk").getInt("meta.total_count")).isEqualTo(40);
        assertThat(list("&segment=regular").getInt("meta.total_count")).isZero();
    }

    /** Runs the migration again on what the version before it writes. */
    @Test
    void migrationFindsCountedOrders() throws IOException {
        var id = customerWithOrder("Jane", 100, 2000);
        order(id, 10, "\"total\":1,\"status\":\"canceled\"");
        TestDatabase.execute(
                "UPDATE customer SET first_counted_at = NULL, last_counted_at = NULL WHERE id = ?::uuid", id);

        try (var migration =
                SegmentTest.class.getResourceAsStream("/db/migration/V25_1__counted_orders_of_customers.sql")) {
            var sql = new String(migration.readAllBytes(), StandardCharsets.UTF_8);
            TestDatabase.execute(sql.replace("${default_currency}", "BRL"));
        }

        assertThat(TestDatabase.column("""
                SELECT first_counted_at = last_counted_at AND last_counted_at = first_order_at
                    AND spending_orders = 1 AND total_spent = 2000
                FROM customer WHERE id = ?::uuid""", id)).containsExactly("t");
        assertThat(segmentOf(id)).isEqualTo("vip");
    }
}
