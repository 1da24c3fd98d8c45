package io.clientela.privacy;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Erasures while other requests write the same person. Whatever the order, no request fails for another reason than the
 * erasure, and nothing of the person is left.
 */
@QuarkusTest
class ErasureConcurrencyTest extends ApiTest {
    private static final int ROUNDS = 6;

    private final TestTenant tenant = TestTenant.fresh();
    private final String marker = "mk" + UUID.randomUUID().toString().replace("-", "");

    private String create(String body) {
        return tenant.create(body).getString("id");
    }

    private String person() {
        var text = marker + UUID.randomUUID().toString().substring(0, 8);
        return create("""
                {"name":"%1$s","external_id":"%1$s","email":"%1$s@example.com","notes":"%1$s","tags":["%1$s"]}""".formatted(text));
    }

    private HttpRequest post(String path, String body) {
        return tenant.request(path).POST(BodyPublishers.ofString(body)).build();
    }

    private HttpRequest keyed(String path, String body) {
        return tenant.request(path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest patch(String id) {
        return tenant.request(CUSTOMERS + "/" + id)
                .method("PATCH", BodyPublishers.ofString("{\"notes\":\"" + marker + UUID.randomUUID() + "\"}"))
                .build();
    }

    private HttpRequest erasure(String id) {
        return post(CUSTOMERS + "/" + id + "/erasure", "");
    }

    private HttpRequest merge(String target, String source) {
        return keyed(CUSTOMERS + "/merge", "{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}");
    }

    private String merged(String target, String source) {
        return tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .extract()
                .path("merge_id");
    }

    /** Sends the requests at once; returns the statuses, in their order. */
    private static List<Integer> race(List<HttpRequest> requests) {
        var statuses = Parallel.sendUntilServed(requests.size(), requests::get).stream()
                .map(response -> response.statusCode())
                .toList();
        assertThat(statuses).allSatisfy(status -> assertThat(status).isLessThan(500));
        return statuses;
    }

    /** Erases customers that a race left unerased: those of merges that came first, or that an upsert created anew. */
    private void eraseRest() {
        TestDatabase.column("SELECT id FROM customer WHERE tenant_id = ? AND NOT anonymized", tenant.name())
                .forEach(id -> tenant.call()
                        .post(CUSTOMERS + "/" + id + "/erasure")
                        .then()
                        .statusCode(200));
    }

    private void assertNothingIsLeft() {
        tenant.awaitCompared();
        TestDatabase.column("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                        + " AND table_type = 'BASE TABLE'")
                .forEach(table -> assertThat(TestDatabase.column(
                                "SELECT row_to_json(t)::text FROM " + table + " t WHERE row_to_json(t)::text ILIKE ?",
                                "%" + marker + "%"))
                        .as(table)
                        .isEmpty());
    }

    @Test
    void changesDuringErasureLeaveNothing() {
        for (int round = 0; round < ROUNDS; round++) {
            var id = person();
            var path = CUSTOMERS + "/" + id;
            List<HttpRequest> requests = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                requests.add(patch(id));
                requests.add(keyed(path + "/calls", "{\"notes\":\"" + marker + "\"}"));
                requests.add(keyed(path + "/orders", "{\"number\":\"" + marker + "\",\"total\":1}"));
                requests.add(keyed(path + "/addresses", "{\"line1\":\"" + marker + "\"}"));
            }
            requests.add(requests.size() / 2, erasure(id));

            var statuses = race(requests);

            assertThat(statuses).isSubsetOf(200, 201, 409);
            tenant.get(id).then().statusCode(200);
            assertThat(TestDatabase.column("SELECT anonymized FROM customer WHERE id = ?::uuid", id))
                    .containsExactly("t");
            assertThat(TestDatabase.column(
                            "SELECT count(*) = 1 AND max(call_count) = (SELECT count(*) FROM customer_call WHERE customer_id = ?::uuid)"
                                    + " FROM customer WHERE id = ?::uuid",
                            id,
                            id))
                    .containsExactly("t");
        }
        assertNothingIsLeft();
    }

    /** An upsert that comes after the erasure creates a customer, which is another person by then. */
    @Test
    void upsertsDuringErasureLeaveNothing() {
        for (int round = 0; round < ROUNDS; round++) {
            var id = person();
            var email = tenant.get(id).<String>path("email");
            var upsert = "{\"name\":\"" + marker + "\",\"email\":\"" + email + "\",\"notes\":\"" + marker + "\"}";
            List<HttpRequest> requests = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                requests.add(keyed(CUSTOMERS + "/upsert", upsert));
                requests.add(keyed(CUSTOMERS + "/batch", "{\"customers\":[" + upsert + "]}"));
            }
            requests.add(requests.size() / 2, erasure(id));

            var statuses = race(requests);

            assertThat(statuses).isSubsetOf(200, 201);
            assertThat(TestDatabase.column("SELECT count(*) FROM customer WHERE email_key = ?", email))
                    .first()
                    .isIn("0", "1");
        }
        eraseRest();
        assertNothingIsLeft();
    }

    @Test
    void mergesDuringErasureLeaveNothing() {
        for (int round = 0; round < ROUNDS; round++) {
            var person = person();
            var source = person();
            var target = create("{\"name\":\"Target\"}");

            var statuses = race(List.of(merge(person, source), erasure(person), merge(target, person), patch(person)));

            assertThat(statuses).isSubsetOf(200, 409);
        }
        eraseRest();
        assertNothingIsLeft();
    }

    @Test
    void undoDuringErasureLeavesNothing() {
        for (int round = 0; round < ROUNDS; round++) {
            var target = person();
            var source = person();
            var undo = "/v1/merges/" + merged(target, source) + "/undo";

            var statuses = race(List.of(keyed(undo, ""), erasure(target), erasure(source)));

            assertThat(statuses).isSubsetOf(200, 409);
        }
        eraseRest();
        assertNothingIsLeft();
    }

    /** Each erasure writes rows of the others: of merges, of events, and of responses. */
    @Test
    void erasuresOfPersonsOnceMergedDoNotFail() {
        for (int round = 0; round < ROUNDS; round++) {
            var ids = IntStream.range(0, 4).mapToObj(i -> person()).toList();
            for (int i = 0; i < 4; i++) {
                var merge = merged(ids.get(i), ids.get((i + 1) % 4));
                tenant.call().post("/v1/merges/" + merge + "/undo").then().statusCode(200);
            }
            var requests = new ArrayList<>(ids.stream().map(this::erasure).toList());
            requests.add(tenant.request(CUSTOMERS + "/" + ids.get(0) + "?force=true")
                    .DELETE()
                    .build());

            var statuses = race(requests);

            assertThat(statuses).isSubsetOf(200, 204);
        }
        assertNothingIsLeft();
    }

    @Test
    void concurrentErasuresWriteOneEvent() {
        var id = person();

        var statuses = race(IntStream.range(0, 8).mapToObj(i -> erasure(id)).toList());

        assertThat(statuses).containsOnly(200);
        assertThat(TestDatabase.column(
                        "SELECT count(*) FROM customer_event WHERE customer_id = ?::uuid AND type = 'customer.erased'",
                        id))
                .containsExactly("1");
        tenant.get(id).then().body("version", equalTo(2));
        assertNothingIsLeft();
    }

    @RepeatedTest(3)
    void loginDuringErasureIsRefusedAfterwards() {
        var id = person();
        var email = tenant.get(id).<String>path("email");
        tenant.json("{\"new_password\":\"correct horse battery\"}")
                .put(CUSTOMERS + "/" + id + "/password")
                .then()
                .statusCode(204);
        var login = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/sessions"))
                .header("X-Tenant", tenant.name())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":\"" + email + "\",\"password\":\"correct horse battery\"}"))
                .build();

        var responses = Parallel.sendUntilServed(4, i -> i == 1 ? erasure(id) : login);

        responses.forEach(response -> assertThat(response.statusCode()).isIn(200, 201, 401));
        responses.stream()
                .filter(response -> response.statusCode() == 201)
                .map(response -> JsonPath.from(response.body()).getString("access_token"))
                .forEach(token ->
                        TestTenant.call(token).get(CUSTOMERS + "/me").then().statusCode(403));
        assertNothingIsLeft();
    }

    /** What gets the row before the erasure is erased, what gets it afterwards is refused. */
    @Test
    void requestsInFlightStoreNothingAfterErasure() {
        var id = person();
        var path = CUSTOMERS + "/" + id + "/calls";
        var calls = "{\"notes\":\"" + marker + "\"}";
        List<CompletableFuture<List<Integer>>> sent = new ArrayList<>();

        TestDatabase.whileLocked(id, () -> {
            sent.add(inBackground(() -> race(List.of(keyed(path, calls)))));
            TestDatabase.awaitBlockedSessions(1);
            sent.add(inBackground(() -> race(List.of(erasure(id)))));
            TestDatabase.awaitBlockedSessions(2);
            sent.add(inBackground(() -> race(List.of(keyed(path, calls)))));
            TestDatabase.awaitBlockedSessions(3);
        });

        var statuses = sent.stream().flatMap(each -> each.join().stream()).toList();
        assertThat(statuses).startsWith(201, 200).hasSize(3);
        // PostgreSQL gives a row that was changed to any of those who wait for it.
        assertThat(statuses.get(2)).isIn(201, 409);
        assertNothingIsLeft();
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work);
    }
}
