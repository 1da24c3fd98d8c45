package io.clientela.activity;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The orders of a customer and their totals. */
@QuarkusTest
class OrderTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();
    private String customer;
    private String path;

    @BeforeEach
    void create() {
        customer = tenant.createNamed("Jane");
        path = CUSTOMERS + "/" + customer + "/orders";
    }

    private String add(String body) {
        return tenant.json(body).post(path).then().statusCode(201).extract().path("id");
    }

    private String stats() {
        var stats = tenant.call()
                .get(CUSTOMERS + "/" + customer + "?include=stats")
                .jsonPath()
                .getMap("stats");
        return List.of("total_orders", "total_spent", "avg_order_value", "first_order_date", "last_order_date").stream()
                .map(name -> String.valueOf(stats.get(name)))
                .toList()
                .toString();
    }

    @Test
    void addedOrderCanBeRead() {
        var added = tenant.json("""
                {"external_id":"shop-1","number":"1001","status":"paid","total":129.9,
                 "currency":"EUR","placed_at":"2026-02-15T14:30:00.123456Z"}""").post(path).then().statusCode(201).extract();
        assertThat(added.asString())
                .contains("\"total\":129.90,")
                .contains("\"placed_at\":\"2026-02-15T14:30:00.123456Z\"");
        assertThat(added.jsonPath().getMap("").keySet())
                .containsExactly(
                        "id",
                        "external_id",
                        "number",
                        "status",
                        "total",
                        "currency",
                        "placed_at",
                        "created_at",
                        "updated_at");

        var read = tenant.call()
                .get(added.header("Location"))
                .then()
                .statusCode(200)
                .extract();
        assertThat(read.asString()).isEqualTo(added.asString());
    }

    @Test
    void orderWithTotalOnlyGetsDefaults() {
        tenant.json("{\"total\":0}")
                .post(path)
                .then()
                .statusCode(201)
                .body("status", equalTo("pending"))
                .body("currency", equalTo("BRL"))
                .body("placed_at", notNullValue());
    }

    @Test
    void canceledAndRefundedOrdersAreNotSpent() {
        assertThat(stats()).isEqualTo("[0, 0.0, null, null, null]");

        var first = add("{\"total\":10,\"placed_at\":\"2026-01-02T00:00:00+03:00\"}");
        add("{\"total\":5.55,\"status\":\"completed\",\"placed_at\":\"2026-02-01T00:00:00Z\"}");
        add("{\"total\":100,\"status\":\"canceled\",\"placed_at\":\"2026-03-01T00:00:00Z\"}");
        var refunded = add("{\"total\":1000,\"status\":\"refunded\",\"placed_at\":\"2025-01-01T00:00:00Z\"}");

        assertThat(stats()).isEqualTo("[4, 15.55, 7.78, 2025-01-01, 2026-03-01]");

        tenant.json("{\"status\":\"canceled\"}")
                .patch(path + "/" + first)
                .then()
                .statusCode(200);
        assertThat(stats()).isEqualTo("[4, 5.55, 5.55, 2025-01-01, 2026-03-01]");

        tenant.json("{\"status\":\"paid\",\"total\":20.01}")
                .patch(path + "/" + first)
                .then()
                .statusCode(200);
        assertThat(stats()).isEqualTo("[4, 25.56, 12.78, 2025-01-01, 2026-03-01]");

        tenant.call().delete(path + "/" + refunded).then().statusCode(204);
        assertThat(stats()).isEqualTo("[3, 25.56, 12.78, 2026-01-01, 2026-03-01]");
        tenant.call()
                .get(CUSTOMERS + "?sort_by=total_spent&sort_order=desc")
                .then()
                .body("data[0].id", equalTo(customer));
    }

    private String byCurrency() {
        var stats =
                tenant.call().get(CUSTOMERS + "/" + customer + "?include=stats").asString();
        return stats.substring(stats.indexOf("\"by_currency\":"), stats.lastIndexOf("}}"));
    }

    @Test
    void currenciesAreNotAdded() {
        assertThat(byCurrency()).isEqualTo("\"by_currency\":{}");

        add("{\"total\":10,\"status\":\"paid\"}");
        var foreign = add("{\"total\":100,\"currency\":\"USD\",\"placed_at\":\"2026-01-01T00:00:00Z\"}");
        add("{\"total\":20,\"currency\":\"USD\",\"status\":\"canceled\",\"placed_at\":\"2026-01-01T00:00:00Z\"}");
        add("{\"total\":5,\"currency\":\"EUR\",\"placed_at\":\"2026-01-01T00:00:00Z\"}");

        assertThat(stats()).startsWith("[4, 10.0, 10.0, 2026-01-01, ");
        assertThat(byCurrency())
                .isEqualTo("\"by_currency\":{\"BRL\":{\"total_orders\":1,\"total_spent\":10.00},"
                        + "\"EUR\":{\"total_orders\":1,\"total_spent\":5.00},"
                        + "\"USD\":{\"total_orders\":2,\"total_spent\":100.00}}");

        tenant.json("{\"currency\":\"BRL\"}").patch(path + "/" + foreign).then().statusCode(200);

        assertThat(stats()).startsWith("[4, 110.0, 55.0, 2026-01-01, ");
        assertThat(byCurrency()).contains("\"BRL\":{\"total_orders\":2,\"total_spent\":110.00}");
    }

    @Test
    void listSortsByTotalOfDefaultCurrency() {
        var other = tenant.createNamed("Other");
        add("{\"total\":10}");
        tenant.json("{\"total\":1000,\"currency\":\"USD\"}")
                .post(CUSTOMERS + "/" + other + "/orders")
                .then()
                .statusCode(201);

        tenant.call()
                .get(CUSTOMERS + "?sort_by=total_spent&sort_order=desc&include=stats")
                .then()
                .body("data.id", equalTo(List.of(customer, other)))
                .body(
                        "data.stats.by_currency",
                        equalTo(List.of(
                                Map.of("BRL", Map.of("total_orders", 1, "total_spent", 10.0f)),
                                Map.of("USD", Map.of("total_orders", 1, "total_spent", 1000.0f)))));
    }

    /** Runs the migration again on totals of the time before it. */
    @Test
    void migrationRecomputesTotalsOfMixedCurrencies() throws IOException {
        add("{\"total\":10}");
        add("{\"total\":5,\"status\":\"refunded\"}");
        add("{\"total\":100,\"currency\":\"USD\"}");
        TestDatabase.execute("UPDATE customer SET total_spent = 110, spending_orders = 2 WHERE id = ?::uuid", customer);

        try (var migration = OrderTest.class.getResourceAsStream("/db/migration/V16__total_spent_by_currency.sql")) {
            var sql = new String(migration.readAllBytes(), StandardCharsets.UTF_8);
            TestDatabase.execute(sql.replace("${default_currency}", "BRL"));
        }

        assertThat(stats()).startsWith("[3, 10.0, 10.0, ");
    }

    @Test
    void changedNumberKeepsTotalsAndRaisesVersion() {
        var id = add("{\"total\":10}");
        var before = stats();
        tenant.json("{\"number\":\"7\"}").patch(path + "/" + id).then().statusCode(200);

        assertThat(stats()).isEqualTo(before);
        tenant.get(customer).then().body("version", equalTo(3));

        tenant.json("{\"total\":10.00,\"number\":\"7\"}")
                .patch(path + "/" + id)
                .then()
                .statusCode(200);
        tenant.get(customer).then().body("version", equalTo(3));
    }

    @Test
    void concurrentWritesKeepOrderTotalsCorrect() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add(add("{\"total\":1." + i + "}"));
        }
        var responses = Parallel.sendUntilServed(40, i -> {
            if (i % 5 == 0) {
                return tenant.request(path + "/" + ids.get(i / 5))
                        .method("PATCH", BodyPublishers.ofString("{\"status\":\"refunded\",\"total\":50}"))
                        .build();
            }
            if (i % 5 == 1 && i > 20) {
                return tenant.request(path + "/" + ids.get(i / 5)).DELETE().build();
            }
            return tenant.request(path)
                    .POST(BodyPublishers.ofString(
                            "{\"total\":" + i + ".25,\"status\":\"" + (i % 2 == 0 ? "paid" : "canceled") + "\"}"))
                    .build();
        });

        assertThat(responses).extracting(HttpResponse::statusCode).isSubsetOf(200, 201, 204, 404);

        var stored = TestDatabase.column(
                "SELECT total_orders || ' ' || spending_orders || ' ' || total_spent || ' ' || first_order_at || ' '"
                        + " || last_order_at FROM customer WHERE id = ?::uuid",
                customer);
        var counted = TestDatabase.column(
                "SELECT count(*) || ' ' || count(*) FILTER (WHERE status <> ALL ('{canceled,refunded}')) || ' '"
                        + " || sum(total) FILTER (WHERE status <> ALL ('{canceled,refunded}')) || ' '"
                        + " || min(placed_at) || ' ' || max(placed_at) FROM customer_order WHERE customer_id = ?::uuid",
                customer);
        assertThat(stored).isEqualTo(counted);
    }

    @Test
    void customerWithOrdersIsDeletedByForce() {
        add("{\"total\":10}");
        tenant.json("{}").post(CUSTOMERS + "/" + customer + "/calls").then().statusCode(201);
        tenant.json("{\"line1\":\"x\"}")
                .post(CUSTOMERS + "/" + customer + "/addresses")
                .then()
                .statusCode(201);

        tenant.call()
                .delete(CUSTOMERS + "/" + customer)
                .then()
                .statusCode(409)
                .body("code", equalTo("delete_refused"))
                .body("rules[0].rule", equalTo("orders"))
                .body("rules[0].count", equalTo(1));

        tenant.call().delete(CUSTOMERS + "/" + customer + "?force=true").then().statusCode(204);
        for (String table : List.of("customer_order", "customer_call", "customer_address")) {
            assertThat(TestDatabase.column("SELECT id FROM " + table + " WHERE customer_id = ?::uuid", customer))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                          | /total     | required
            {"total":null}                              | /total     | required
            {"total":-0.01}                             | /total     | out_of_range
            {"total":1.001}                             | /total     | out_of_range
            {"total":1000000000000}                     | /total     | out_of_range
            {"total":1e400}                             | /total     | out_of_range
            {"total":"1"}                               | /total     | invalid_type
            {"total":1,"status":"lost"}                 | /status    | invalid_value
            {"total":1,"currency":"brl"}                | /currency  | invalid_value
            {"total":1,"currency":"ABC"}                | /currency  | invalid_value
            {"total":1,"placed_at":"yesterday"}         | /placed_at | invalid_type
            {"total":1,"external_id":""}                | /external_id | blank
            {"total":1,"number":" "}                    | /number    | blank
            {"total":1,"items":[]}                      | /items     | unknown_field
            """)
    void addWithInvalidFieldReturns422(String body, String field, String code) {
        tenant.json(body)
                .post(path)
                .then()
                .statusCode(422)
                .body("errors.size()", equalTo(1))
                .body("errors.field", hasItem(field))
                .body("errors.code", hasItem(code));
    }

    @Test
    void addListsEveryInvalidField() {
        tenant.json("{\"external_id\":\"\",\"status\":\"x\",\"currency\":\"x\",\"placed_at\":1}")
                .post(path)
                .then()
                .statusCode(422)
                .body(
                        "errors.field.sort()",
                        equalTo(List.of("/currency", "/external_id", "/placed_at", "/status", "/total")));
    }

    @Test
    void clearedFieldsGetDefaultsOrReturn422() {
        var id = add("{\"total\":1,\"status\":\"paid\",\"currency\":\"USD\"}");
        tenant.json("{\"total\":null,\"placed_at\":null}")
                .patch(path + "/" + id)
                .then()
                .statusCode(422)
                .body("errors.field.sort()", equalTo(List.of("/placed_at", "/total")));
        tenant.json("{\"status\":null,\"currency\":null,\"number\":null}")
                .put(path + "/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("pending"))
                .body("currency", equalTo("BRL"))
                .body("number", nullValue());
    }
}
