package io.clientela.idempotency;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdempotencyTest extends ApiTest {
    private static final String JANE = "{\"name\":\"Jane\"}";

    private final TestTenant tenant = TestTenant.fresh();

    private Response create(String key, String body) {
        return tenant.json(body).header("Idempotency-Key", key).post(CUSTOMERS);
    }

    private int customerCount() {
        return tenant.call().get(CUSTOMERS).path("meta.total_count");
    }

    @Test
    void repeatedKeyReplaysResponse() {
        var first = create("k-1", JANE)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue())
                .extract();
        tenant.patch(first.path("id"), "{\"notes\":\"changed since\"}");
        var second = create("\"k-1\"", JANE)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .extract();

        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(customerCount()).isEqualTo(1);
    }

    @Test
    void keyOfAnotherRequestReturns422() {
        create("k", JANE).then().statusCode(201);
        create("k", "{\"name\":\"John\"}").then().statusCode(422).body("code", equalTo("idempotency_key_reused"));
        tenant.json(JANE)
                .header("Idempotency-Key", "k")
                .queryParam("on_duplicate", "reject")
                .post(CUSTOMERS)
                .then()
                .statusCode(422);

        assertThat(customerCount()).isEqualTo(1);
    }

    /** Old and new instances serve side by side during an update, and a key is kept for a day. */
    @Test
    void fingerprintWithoutLocationIsStable() {
        create("k", JANE).then().statusCode(201);

        assertThat(TestDatabase.column(
                        "SELECT key FROM idempotency_key WHERE tenant_id = ?"
                                + " AND fingerprint = sha256(convert_to('createCustomer allow' || chr(10) || ?, 'UTF8'))",
                        tenant.name(),
                        JANE))
                .containsExactly("k");
    }

    @Test
    void failedRequestStoresNothing() {
        create("k", "{\"nam\":\"Jane\"}").then().statusCode(422);
        create("k", "{\"name\":\"Jane\",\"external_id\":\"x\"}").then().statusCode(201);
        create("k2", "{\"name\":\"John\",\"external_id\":\"x\"}").then().statusCode(409);
        create("k2", "{\"name\":\"John\",\"external_id\":\"y\"}").then().statusCode(201);
    }

    @Test
    void invalidRequestStoresNothing() {
        for (String invalid : List.of("{\"nam\":\"Jane\"}", "{\"name\":\"\"}", "{", "[]")) {
            create("k", invalid);
        }

        assertThat(TestDatabase.column("SELECT key FROM idempotency_key WHERE tenant_id = ?", tenant.name()))
                .isEmpty();
    }

    @Test
    void keysAreSeparatePerCallerAndTenant() {
        create("k", JANE).then().statusCode(201);
        var other = TestTenant.fresh();
        other.json("{\"name\":\"John\"}")
                .header("Idempotency-Key", "k")
                .post(CUSTOMERS)
                .then()
                .statusCode(201);
        tenant.callWith("customers:write")
                .contentType("application/json")
                .body("{\"name\":\"John\"}")
                .header("Idempotency-Key", "k")
                .post(CUSTOMERS)
                .then()
                .statusCode(201);

        assertThat(customerCount()).isEqualTo(2);
    }

    @Test
    void keyExpiresAfterOneDay() {
        create("k", JANE).then().statusCode(201);
        TestDatabase.execute(
                "UPDATE idempotency_key SET created_at = now() - interval '23 hours 59 minutes' WHERE tenant_id = ?",
                tenant.name());
        create("k", JANE).then().header("Idempotency-Replayed", equalTo("true"));
        TestDatabase.execute(
                "UPDATE idempotency_key SET created_at = now() - interval '24 hours 1 minute' WHERE tenant_id = ?",
                tenant.name());
        create("k", "{\"name\":\"John\"}").then().statusCode(201).header("Idempotency-Replayed", nullValue());
        create("k", "{\"name\":\"John\"}").then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
    }

    @Test
    void malformedKeyReturns400() {
        create("x".repeat(255), JANE).then().statusCode(201);
        create("x".repeat(256), JANE).then().statusCode(400).body("errors[0].field", equalTo("Idempotency-Key"));
        create("\"\"", JANE).then().statusCode(400);
        create("chave-é", JANE).then().statusCode(400);
    }

    @Test
    void concurrentRequestsCreateOneCustomer() {
        var responses = Parallel.send(50, i -> tenant.request(CUSTOMERS)
                .header("Idempotency-Key", "same")
                .POST(BodyPublishers.ofString(JANE))
                .build());

        assertThat(responses).allMatch(response -> response.statusCode() == 201 || response.statusCode() == 409);
        assertThat(responses.stream()
                        .filter(response -> response.statusCode() == 201
                                && response.headers()
                                        .firstValue("Idempotency-Replayed")
                                        .isEmpty()))
                .hasSize(1);
        assertThat(responses.stream().filter(response -> response.statusCode() == 409))
                .allMatch(response -> response.body().contains("idempotency_in_progress"));
        assertThat(responses.stream()
                        .filter(response -> response.statusCode() == 201)
                        .map(response -> response.body())
                        .distinct())
                .hasSize(1);
        assertThat(customerCount()).isEqualTo(1);
    }
}
