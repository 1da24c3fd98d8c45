package io.clientela.activity;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Related data that {@code include} adds to customers. */
@QuarkusTest
class IncludeTest extends ApiTest {
    private static final String ALL = "addresses,stats,clusters,calls,orders";

    private final TestTenant tenant = TestTenant.fresh();

    private String customerWithAll(String name, int count) {
        var id = tenant.createNamed(name);
        var path = CUSTOMERS + "/" + id;
        for (int i = 1; i <= count; i++) {
            tenant.json("{\"line1\":\"" + name + i + "\"}")
                    .post(path + "/addresses")
                    .then()
                    .statusCode(201);
            tenant.json("{\"notes\":\"" + name + i + "\"}")
                    .post(path + "/calls")
                    .then()
                    .statusCode(201);
            tenant.json("{\"number\":\"" + name + i + "\",\"total\":" + i + "}")
                    .post(path + "/orders")
                    .then()
                    .statusCode(201);
            String cluster = tenant.json("{\"name\":\"" + name + i + "\"}")
                    .post("/v1/clusters")
                    .path("id");
            if (i == 1) {
                tenant.patch(id, "{\"cluster_id\":\"" + cluster + "\"}");
            } else {
                tenant.call()
                        .put("/v1/clusters/" + cluster + "/customers/" + id)
                        .then()
                        .statusCode(204);
            }
        }
        return id;
    }

    @Test
    void getIncludesTheCustomersLists() {
        var id = customerWithAll("Jane", 2);
        var path = CUSTOMERS + "/" + id;
        var response = tenant.call()
                .get(path + "?include=" + ALL)
                .then()
                .statusCode(200)
                .extract();

        var json = response.jsonPath();

        for (String kind : List.of("addresses", "calls", "orders")) {
            assertThat(json.getList(kind))
                    .isEqualTo(tenant.call().get(path + "/" + kind).jsonPath().getList("data"));
        }
        assertThat(json.<String>getList("clusters.name")).containsExactly("Jane1", "Jane2");
        assertThat(json.<String, Object>getMap("stats").keySet())
                .containsExactly(
                        "call_count",
                        "last_call_at",
                        "total_orders",
                        "total_spent",
                        "avg_order_value",
                        "first_order_date",
                        "last_order_date",
                        "by_currency");
        assertThat(response.asString()).contains("\"total_spent\":3.00,\"avg_order_value\":1.50,");
        assertThat(response.asString().indexOf("\"addresses\""))
                .isGreaterThan(response.asString().indexOf("\"updated_at\""));
        assertThat(response.header("ETag")).isNull();
    }

    @Test
    void getWithoutIncludeAddsNothing() {
        var id = customerWithAll("Jane", 1);

        assertThat(tenant.get(id).jsonPath().<String, Object>getMap("").keySet())
                .doesNotContain("addresses", "stats", "clusters", "calls", "orders", "included")
                .endsWith("updated_at");
    }

    @Test
    void listIncludesEachCustomersData() {
        customerWithAll("Ann", 2);
        customerWithAll("Bob", 1);
        tenant.createNamed("Cid");

        var json = tenant.call()
                .get(CUSTOMERS + "?include=" + ALL)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(json.<List<String>>getList("data.addresses.line1"))
                .containsExactly(List.of("Ann1", "Ann2"), List.of("Bob1"), List.of());
        assertThat(json.<List<String>>getList("data.calls.notes"))
                .containsExactly(List.of("Ann2", "Ann1"), List.of("Bob1"), List.of());
        assertThat(json.<List<String>>getList("data.orders.number"))
                .containsExactly(List.of("Ann2", "Ann1"), List.of("Bob1"), List.of());
        assertThat(json.<List<String>>getList("data.clusters.name"))
                .containsExactly(List.of("Ann1", "Ann2"), List.of("Bob1"), List.of());
        assertThat(json.<Integer>getList("data.stats.total_orders")).containsExactly(2, 1, 0);
        assertThat(json.<Map<String, Object>>getList("data").get(2).keySet())
                .endsWith("addresses", "stats", "clusters", "calls", "orders");
        tenant.call()
                .get(CUSTOMERS + "?page_size=1&include=stats")
                .then()
                .header("Link", containsString("include=stats"));
        tenant.call()
                .get(CUSTOMERS + "?search=nobody&include=" + ALL)
                .then()
                .statusCode(200)
                .body("data", equalTo(List.of()));
    }

    @Test
    void includeReturnsNewestTwentyCalls() {
        var id = tenant.createNamed("Jane");
        TestDatabase.execute(
                "INSERT INTO customer_call (tenant_id, id, customer_id, origin_id, direction, started_at, notes,"
                        + " created_at, updated_at) SELECT ?, gen_random_uuid(), ?::uuid, ?::uuid, 'inbound',"
                        + " timestamptz '2026-01-01 00:00Z' + i * interval '1 hour', i, now(), now()"
                        + " FROM generate_series(1, 500) i",
                tenant.name(),
                id,
                id);

        var notes = tenant.call()
                .get(CUSTOMERS + "/" + id + "?include=calls")
                .jsonPath()
                .<String>getList("calls.notes");

        assertThat(notes).hasSize(20).startsWith("500", "499").endsWith("481");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "payments", "stats,", "stats,stats", "Stats", "stats;orders"})
    void invalidIncludeReturns400(String include) {
        var id = tenant.createNamed("Jane");

        for (String path : List.of(CUSTOMERS, CUSTOMERS + "/" + id)) {
            tenant.call()
                    .queryParam("include", include)
                    .get(path)
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem("include"));
        }
    }

    @Test
    void includeReturns304UnlessDataChanged() {
        var id = customerWithAll("Jane", 1);
        var path = CUSTOMERS + "/" + id;
        String tag = tenant.get(id).header("ETag");

        tenant.call()
                .header("If-None-Match", tag)
                .get(path + "?include=stats,orders")
                .then()
                .statusCode(304);

        tenant.json("{\"total\":1}").post(path + "/orders").then().statusCode(201);
        tenant.call()
                .header("If-None-Match", tag)
                .get(path + "?include=stats,orders")
                .then()
                .statusCode(200);
        String currentTag = tenant.get(id).header("ETag");
        String cluster = tenant.get(id).path("cluster_id");
        tenant.json("{\"name\":\"Renamed\"}")
                .patch("/v1/clusters/" + cluster)
                .then()
                .statusCode(200);
        tenant.call()
                .header("If-None-Match", currentTag)
                .get(path + "?include=clusters")
                .then()
                .statusCode(200)
                .body("clusters[0].name", equalTo("Renamed"));
    }

    @Test
    void clustersAreIncludedWithoutETag() {
        var id = customerWithAll("Jane", 1);

        var with = tenant.call().get(CUSTOMERS + "/" + id + "?include=clusters,stats");
        var without = tenant.call().get(CUSTOMERS + "/" + id + "?include=stats");

        assertThat(with.header("ETag")).isNull();
        assertThat(without.header("ETag")).isNotNull();
    }
}
