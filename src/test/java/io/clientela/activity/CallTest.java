package io.clientela.activity;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls with a customer. */
@QuarkusTest
class CallTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();
    private String customer;
    private String path;

    @BeforeEach
    void create() {
        customer = tenant.createNamed("Jane");
        path = CUSTOMERS + "/" + customer + "/calls";
    }

    private String add(String body) {
        return tenant.json(body).post(path).then().statusCode(201).extract().path("id");
    }

    @Test
    void addedCallIsReadWithUtcTimestamps() {
        var added = tenant.json("""
                {"external_id":"pbx-1","direction":"outbound",
                 "started_at":"2026-02-15T11:30:00-03:00","duration_seconds":180,
                 "outcome":"answered","notes":"n"}""")
                .post(path)
                .then()
                .statusCode(201)
                .header("Location", matchesPattern(".*" + path + "/[0-9a-f-]{36}"))
                .body("started_at", equalTo("2026-02-15T14:30:00Z"))
                .extract();
        assertThat(added.jsonPath().getMap("").keySet())
                .containsExactly(
                        "id",
                        "external_id",
                        "direction",
                        "started_at",
                        "duration_seconds",
                        "outcome",
                        "notes",
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
    void emptyCallGetsDefaults() {
        tenant.json("{}")
                .post(path)
                .then()
                .statusCode(201)
                .body("direction", equalTo("inbound"))
                .body("started_at", notNullValue())
                .body("duration_seconds", nullValue());
        tenant.get(customer).then().body("call_count", equalTo(1)).body("last_call_at", notNullValue());
    }

    @Test
    void callsUpdateTotalsAndHistory() {
        var late = add("{\"started_at\":\"2026-03-01T00:00:00Z\"}");
        var early = add("{\"started_at\":\"2026-01-01T00:00:00Z\"}");

        tenant.get(customer)
                .then()
                .body("call_count", equalTo(2))
                .body("last_call_at", equalTo("2026-03-01T00:00:00Z"))
                .body("version", equalTo(3));

        tenant.json("{\"started_at\":\"2026-02-01T00:00:00Z\"}")
                .patch(path + "/" + late)
                .then()
                .statusCode(200);
        tenant.get(customer).then().body("last_call_at", equalTo("2026-02-01T00:00:00Z"));

        tenant.call().delete(path + "/" + late).then().statusCode(204);
        tenant.get(customer)
                .then()
                .body("call_count", equalTo(1))
                .body("last_call_at", equalTo("2026-01-01T00:00:00Z"));

        tenant.call().delete(path + "/" + early).then().statusCode(204);
        tenant.get(customer).then().body("call_count", equalTo(0)).body("last_call_at", nullValue());
        tenant.call()
                .get(CUSTOMERS + "/" + customer + "/history")
                .then()
                .body(
                        "data.type",
                        equalTo(List.of(
                                "call.removed",
                                "call.removed",
                                "call.updated",
                                "call.added",
                                "call.added",
                                "customer.created")))
                .body("data[3].changes.call_count.from", equalTo(1))
                .body("data[3].changes.call_count.to", equalTo(2))
                .body("data[3].changes.containsKey('last_call_at')", equalTo(false))
                .body("data[3].details.call_id", equalTo(early))
                .body("data[2].details.changes.started_at.from", equalTo("2026-03-01T00:00:00Z"))
                .body("data[2].changes.last_call_at.to", equalTo("2026-02-01T00:00:00Z"));
    }

    @Test
    void addWithKnownExternalIdReturnsExistingCall() {
        var id = add("{\"external_id\":\"pbx-1\",\"notes\":\"first\"}");
        tenant.json("{\"external_id\":\"pbx-1\",\"notes\":\"second\"}")
                .post(path)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("notes", equalTo("first"));
        tenant.get(customer).then().body("call_count", equalTo(1)).body("version", equalTo(2));

        var other = tenant.createNamed("Other");
        tenant.json("{\"external_id\":\"pbx-1\"}")
                .post(CUSTOMERS + "/" + other + "/calls")
                .then()
                .statusCode(409)
                .body("code", equalTo("duplicate_external_id"))
                .body("customer_id", equalTo(customer));

        TestTenant otherTenant = TestTenant.fresh();
        otherTenant
                .json("{\"external_id\":\"pbx-1\"}")
                .post(CUSTOMERS + "/" + otherTenant.createNamed("X") + "/calls")
                .then()
                .statusCode(201);
        tenant.json("{\"external_id\":\"pbx-1\",\"total\":1}")
                .post(CUSTOMERS + "/" + other + "/orders")
                .then()
                .statusCode(201);
    }

    @Test
    void patchToDuplicateExternalIdReturns409() {
        add("{\"external_id\":\"pbx-1\"}");
        var second = add("{\"external_id\":\"pbx-2\"}");

        tenant.json("{\"external_id\":\"pbx-1\"}")
                .patch(path + "/" + second)
                .then()
                .statusCode(409)
                .body("code", equalTo("duplicate_external_id"))
                .body("customer_id", equalTo(customer));

        tenant.json("{\"external_id\":\"pbx-2\",\"notes\":\"x\"}")
                .patch(path + "/" + second)
                .then()
                .statusCode(200);
        tenant.json("{\"external_id\":\"pbx-3\"}")
                .patch(path + "/" + second)
                .then()
                .statusCode(200);
        tenant.json("{\"external_id\":null}")
                .patch(path + "/" + second)
                .then()
                .statusCode(200)
                .body("external_id", nullValue());

        add("{\"external_id\":\"pbx-3\"}");
    }

    @Test
    void concurrentAddsWithExternalIdAddOne() {
        var other = tenant.createNamed("Other");
        var responses = Parallel.sendUntilServed(
                30, i -> tenant.request(CUSTOMERS + "/" + (i % 2 == 0 ? customer : other) + "/calls")
                        .POST(BodyPublishers.ofString("{\"external_id\":\"pbx-1\"}"))
                        .build());
        var statuses = responses.stream().map(HttpResponse::statusCode).toList();

        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(14);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(15);
        assertThat(tenant.get(customer).<Integer>path("call_count")
                        + tenant.get(other).<Integer>path("call_count"))
                .isEqualTo(1);
    }

    @Test
    void concurrentWritesAreAllCounted() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(add("{\"started_at\":\"2026-01-" + (10 + i) + "T00:00:00Z\"}"));
        }
        var responses = Parallel.sendUntilServed(60, i -> {
            if (i % 6 == 0) {
                return tenant.request(path + "/" + ids.get(i / 6)).DELETE().build();
            }
            if (i % 6 == 1) {
                return tenant.request(path + "/" + ids.get((i / 6 + 5) % 10))
                        .method("PATCH", BodyPublishers.ofString("{\"started_at\":\"2025-01-01T00:00:00Z\"}"))
                        .build();
            }
            return tenant.request(path)
                    .POST(BodyPublishers.ofString("{\"started_at\":\"2026-02-" + (10 + i % 10) + "T00:00:00Z\"}"))
                    .build();
        });

        assertThat(responses).extracting(HttpResponse::statusCode).isSubsetOf(200, 201, 204, 404);

        var calls = tenant.call().get(path + "?page_size=200").jsonPath();
        assertThat(calls.getInt("meta.total_count")).isEqualTo(40);
        tenant.get(customer)
                .then()
                .body("call_count", equalTo(40))
                .body("last_call_at", equalTo(calls.getString("data[0].started_at")));

        int written = (int) responses.stream()
                .filter(response -> response.statusCode() != 404)
                .count();
        tenant.call()
                .get(CUSTOMERS + "/" + customer + "/history")
                .then()
                .body("meta.total_count", equalTo(11 + written));
    }

    @Test
    void cursorListsNewestCallsFirst() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            all.add(add("{\"started_at\":\"2026-01-0" + (1 + i % 3) + "T00:00:00Z\"}"));
        }
        List<String> seen = new ArrayList<>();
        List<String> timestamps = new ArrayList<>();
        String cursor = null;
        do {
            var page = tenant.call()
                    .get(path + "?page_size=5" + (cursor == null ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .header("Link", notNullValue())
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("data.id"));
            timestamps.addAll(page.getList("data.started_at"));
            cursor = page.getString("meta.next_cursor");
            add("{\"started_at\":\"2027-01-01T00:00:00Z\"}");
        } while (cursor != null);

        assertThat(seen).doesNotHaveDuplicates().containsAll(all);
        assertThat(timestamps).isSortedAccordingTo((a, b) -> b.compareTo(a));
        tenant.call().get(path + "?cursor=x").then().statusCode(400);
        tenant.call().get(path + "?page_size=0&count=x").then().statusCode(400).body("errors.size()", equalTo(2));
    }

    @Test
    void addWithIdempotencyKeyAddsOnce() {
        for (int i = 0; i < 2; i++) {
            tenant.json("{\"notes\":\"x\"}")
                    .header("Idempotency-Key", "k")
                    .post(path)
                    .then()
                    .statusCode(201)
                    .header("Location", notNullValue())
                    .header("Idempotency-Replayed", i == 0 ? nullValue() : equalTo("true"));
        }

        tenant.get(customer).then().body("call_count", equalTo(1));
        tenant.json("{\"notes\":\"x\"}")
                .header("Idempotency-Key", "k")
                .post(CUSTOMERS + "/" + tenant.createNamed("Other") + "/calls")
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency_key_reused"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"direction":"sideways"}                    | /direction        | invalid_value
            {"direction":1}                             | /direction        | invalid_value
            {"started_at":"2026-02-15"}                 | /started_at       | invalid_type
            {"started_at":"2026-02-15T14:30:00"}        | /started_at       | invalid_type
            {"started_at":"2026-02-30T14:30:00Z"}       | /started_at       | invalid_type
            {"started_at":"0000-01-01T00:00:00Z"}       | /started_at       | invalid_type
            {"started_at":1771165800}                   | /started_at       | invalid_type
            {"duration_seconds":-1}                     | /duration_seconds | out_of_range
            {"duration_seconds":1.5}                    | /duration_seconds | invalid_type
            {"duration_seconds":3000000000}             | /duration_seconds | invalid_type
            {"duration_seconds":1e99}                   | /duration_seconds | invalid_type
            {"duration_seconds":"1"}                    | /duration_seconds | invalid_type
            {"external_id":" "}                         | /external_id      | blank
            {"outcome":"12345678901234567890123456789012345678901234567890123456789012345"} | /outcome | invalid_length
            {"call_count":1}                            | /call_count       | unknown_field
            """)
    void addAndPatchWithInvalidFieldReturn422(String body, String field, String code) {
        var id = add("{}");

        for (var response :
                List.of(tenant.json(body).post(path), tenant.json(body).patch(path + "/" + id))) {
            response.then()
                    .statusCode(422)
                    .body("errors.size()", equalTo(1))
                    .body("errors.field", hasItem(field))
                    .body("errors.code", hasItem(code));
        }
    }

    @Test
    void clearedFieldsGetDefaultsOrReturn422() {
        var id = add("{\"direction\":\"outbound\",\"duration_seconds\":5}");

        tenant.json("{\"started_at\":null}")
                .patch(path + "/" + id)
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/started_at"))
                .body("errors[0].code", equalTo("required"));
        tenant.json("{\"direction\":null,\"duration_seconds\":null}")
                .patch(path + "/" + id)
                .then()
                .statusCode(200)
                .body("direction", equalTo("inbound"))
                .body("duration_seconds", nullValue());
    }
}
