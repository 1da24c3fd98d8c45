package io.clientela.history;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HistoryTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void historyListsChangesWithActor() {
        var id = tenant.create("{\"name\":\"Jane Smith\",\"tags\":[\"a\"]}").getString("id");
        tenant.patch(id, "{\"tags\":[\"a\",\"b\"],\"email\":\"j@example.com\"}");
        tenant.json("{\"status\":\"blocked\"}")
                .header("X-Request-Id", "my-request")
                .put(CUSTOMERS + "/" + id + "/status")
                .then()
                .statusCode(200);
        tenant.json("{\"role\":\"dealer\"}")
                .put(CUSTOMERS + "/" + id + "/role")
                .then()
                .statusCode(200);

        tenant.call()
                .get(CUSTOMERS + "/" + id + "/history")
                .then()
                .statusCode(200)
                .body(
                        "data.type",
                        equalTo(List.of(
                                "customer.role_changed",
                                "customer.status_changed",
                                "customer.updated",
                                "customer.created")))
                .body("data.version", equalTo(List.of(4, 3, 2, 1)))
                .body("data.actor", equalTo(List.of("tester", "tester", "tester", "tester")))
                .body("data[1].request_id", equalTo("my-request"))
                .body("data[1].at", notNullValue())
                .body("data[1].changes", equalTo(Map.of("status", Map.of("from", "active", "to", "blocked"))))
                .body("data[2].changes.tags.from", equalTo(List.of("a")))
                .body("data[2].changes.tags.to", equalTo(List.of("a", "b")))
                .body("data[2].changes.email.from", nullValue())
                .body("data[2].changes.keySet().size()", equalTo(2))
                .body("data[3].changes.name.to", equalTo("Jane Smith"))
                .body("meta.total_count", equalTo(4));
    }

    @Test
    void changesAddUpToCurrentState() {
        var id = tenant.create("{\"name\":\"Jane Smith\",\"phone\":\"11988887777\"}")
                .getString("id");
        tenant.patch(id, "{\"phone\":null,\"attributes\":{\"a\":1},\"preferences\":{\"newsletter\":true}}");
        tenant.patch(id, "{\"name\":\"Maria Souza\",\"document\":\"529.982.247-25\"}");
        var current = tenant.get(id).jsonPath().<String, Object>getMap("");
        var reconstructed = new HashMap<String, Object>();
        List<Map<String, Map<String, Object>>> changes = new ArrayList<>(
                tenant.call().get(CUSTOMERS + "/" + id + "/history").jsonPath().getList("data.changes"));
        Collections.reverse(changes);
        changes.forEach(change -> change.forEach((field, values) -> reconstructed.put(field, values.get("to"))));
        current.forEach((field, value) -> {
            if (!Set.of("version", "updated_at", "segment").contains(field)) {
                assertThat(reconstructed.get(field)).as(field).isEqualTo(value);
            }
        });
    }

    @Test
    void historyRemainsAfterDelete() {
        var id = tenant.createNamed("Jane");
        tenant.call().delete(CUSTOMERS + "/" + id).then().statusCode(204);
        tenant.call()
                .get(CUSTOMERS + "/" + id + "/history")
                .then()
                .statusCode(200)
                .body("data[0].type", equalTo("customer.deleted"))
                .body("data[0].changes.name.from", equalTo("Jane"))
                .body("data[0].changes.name.to", nullValue());
    }

    @Test
    void historyIsPagedByNumberAndCursor() {
        var id = tenant.createNamed("Jane");
        for (int i = 2; i <= 7; i++) {
            tenant.patch(id, "{\"notes\":\"" + i + "\"}");
        }
        var path = CUSTOMERS + "/" + id + "/history";
        tenant.call()
                .queryParam("page", 2)
                .queryParam("page_size", 3)
                .get(path)
                .then()
                .statusCode(200)
                .body("data.version", equalTo(List.of(4, 3, 2)));
        String cursor = tenant.call().queryParam("page_size", 3).get(path).path("meta.next_cursor");
        tenant.patch(id, "{\"notes\":\"8\"}");
        tenant.call()
                .queryParam("page_size", 3)
                .queryParam("cursor", cursor)
                .get(path)
                .then()
                .statusCode(200)
                .body("data.version", equalTo(List.of(4, 3, 2)));
        tenant.call().queryParam("cursor", "x").get(path).then().statusCode(400);
        tenant.call()
                .queryParam(
                        "cursor",
                        tenant.call().queryParam("page_size", 1).get(CUSTOMERS).<String>path("meta.next_cursor") + "")
                .get(path)
                .then()
                .statusCode(400);
    }

    @Test
    void unknownCustomerReturns404() {
        tenant.call()
                .get(CUSTOMERS + "/01a206b1-07c5-75e2-9203-3557b63c9ad8/history")
                .then()
                .statusCode(404);
        tenant.call()
                .get(CUSTOMERS + "/01a206b1-07c5-75e2-9203-3557b63c9ad8/history?page=2")
                .then()
                .statusCode(404);
        tenant.call().get(CUSTOMERS + "/x/history").then().statusCode(404);
    }

    @Test
    void pageAfterLastIsEmpty() {
        tenant.call()
                .get(CUSTOMERS + "/" + tenant.createNamed("Jane") + "/history?page=2")
                .then()
                .statusCode(200)
                .body("data", hasSize(0));
    }

    @Test
    void rejectedChangeIsNotRecorded() {
        var id = tenant.createNamed("Jane");
        tenant.json("{\"email\":\"x\"}").patch(CUSTOMERS + "/" + id).then().statusCode(422);
        tenant.json("{\"notes\":\"x\"}")
                .header("If-Match", "\"9\"")
                .patch(CUSTOMERS + "/" + id)
                .then()
                .statusCode(412);
        tenant.call().get(CUSTOMERS + "/" + id + "/history").then().body("meta.total_count", equalTo(1));
    }
}
