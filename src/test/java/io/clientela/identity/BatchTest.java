package io.clientela.identity;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of upserts over HTTP. */
@QuarkusTest
class BatchTest extends ApiTest {
    private static final String BATCH = CUSTOMERS + "/batch";
    private static final String ANA = """
            {"name":"Ana","email":"ana@example.com"}""";
    private static final String BOB = """
            {"name":"Bob","phone":"+5511988887777"}""";

    private final TestTenant tenant = TestTenant.fresh();

    private ValidatableResponse batch(boolean atomic, String customers) {
        return tenant.json("{\"customers\":[" + customers + "]}")
                .queryParam("atomic", atomic)
                .post(BATCH)
                .then();
    }

    private String create(String body) {
        return tenant.create(body).getString("id");
    }

    private int count() {
        return tenant.call().get(CUSTOMERS).jsonPath().getInt("meta.total_count");
    }

    private static String thousandCustomers() {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "{\"name\":\"Customer " + i + "\",\"external_id\":\"e" + i + "\",\"email\":\"c" + i
                        + "@example.com\",\"phone\":\"+55 11 9" + (10_000_000 + i) + "\",\"document\":\"D" + i + "\"}")
                .collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void repeatedBatchLeavesCustomersUnchanged(boolean atomic) {
        batch(atomic, thousandCustomers())
                .statusCode(200)
                .body("meta.created", equalTo(1000))
                .body("data", hasSize(1000))
                .body("data[999].index", equalTo(999))
                .body("data[999].status", equalTo(201))
                .body("data[999].customer.external_id", equalTo("e999"));

        batch(atomic, thousandCustomers())
                .statusCode(200)
                .body("meta.unchanged", equalTo(1000))
                .body("meta.created", equalTo(0));

        assertThat(count()).isEqualTo(1000);
    }

    @Test
    void invalidUpsertDoesNotAffectOthers() {
        tenant.create(ANA);
        tenant.create(BOB);

        batch(false, """
                {"email": "ana@example.com", "notes": "x"},
                {"name": "New", "email": "new@example.com"},
                {"name": "", "email": "not an address", "nope": 1},
                {"email": "ana@example.com", "phone": "+5511988887777"},
                7,
                {"email": "nameless@example.com"},
                {"name": "N\\u0000", "email": "nul@example.com"},
                {"email": "new@example.com"},
                {"email": "ana@example.com", "cluster_id": "01a206b1-07c5-75e2-9203-3557b63c9ad8", "notes": "lost"},
                {"email": "ana@example.com", "source": "last"}""")
                .statusCode(200)
                .body("data.index", contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .body("data.status", contains(200, 201, 422, 409, 422, 422, 422, 200, 422, 200))
                .body("data[0].outcome", equalTo("updated"))
                .body("data[0].matched_on", contains("email"))
                .body("data[0].problem", nullValue())
                .body("data[2].problem.errors.field", hasItem("/email"))
                .body("data[2].problem.errors.field", hasItem("/nope"))
                .body("data[2].customer", nullValue())
                .body("data[3].problem.code", equalTo("ambiguous_match"))
                .body("data[3].problem.customer_ids", hasSize(2))
                .body("data[5].problem.errors[0].field", equalTo("/name"))
                .body("data[7].outcome", equalTo("unchanged"))
                .body("data[8].problem.errors[0].field", equalTo("/cluster_id"))
                .body("data[9].customer.source", equalTo("last"))
                .body("data[9].customer.notes", equalTo("x"))
                .body("meta.created", equalTo(1))
                .body("meta.updated", equalTo(2))
                .body("meta.unchanged", equalTo(1))
                .body("meta.failed", equalTo(6));

        assertThat(count()).isEqualTo(3);
    }

    @Test
    void laterUpsertsSeeEarlierChanges() {
        batch(true, """
                {"name": "Ana", "email": "ana@example.com"},
                {"email": "ana@example.com", "phone": "+5511988887777"},
                {"phone": "11 98888-7777", "notes": "the same"},
                {"phone": "11 98888-7777", "email": "other@example.com"},
                {"name": "Other", "email": "ana@example.com"}""")
                .statusCode(200)
                .body("data.status", contains(201, 200, 200, 200, 201))
                .body("data[3].customer.version", equalTo(4))
                .body("data[3].customer.notes", equalTo("the same"));

        assertThat(count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void repeatedExistingCustomerIsUnchanged(boolean keyed) {
        tenant.create("{\"name\":\"Ana\",\"external_id\":\"x\"}");

        send(keyed, """
                {"customers":[{"external_id":"x","name":"Ana"},{"external_id":"x","name":"Ana"},
                {"external_id":"y","name":"Bob"},{"external_id":"x","notes":"new"},{"external_id":"x","name":"Ana"}]}""")
                .body("data.outcome", equalTo(List.of("unchanged", "unchanged", "created", "updated", "unchanged")))
                .body("data[3].customer.version", equalTo(2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusedRepetitionLeavesCustomerAsItWas(boolean keyed) {
        send(keyed, """
                {"customers":[{"external_id":"x","name":"Ana"},{"external_id":"x","name":null,"first_name":null},
                {"external_id":"x","cluster_id":"01a206b1-07c5-75e2-9203-3557b63c9ad8"},
                {"external_id":"x","notes":"kept"},{"external_id":"y","name":"Bob"}]}""")
                .body("data.status", equalTo(List.of(201, 422, 422, 200, 201)))
                .body("data[3].customer.name", equalTo("Ana"))
                .body("data[3].customer.version", equalTo(2));
        tenant.call()
                .get(CUSTOMERS + "?external_id=x")
                .then()
                .body("data[0].notes", equalTo("kept"))
                .body("data[0].cluster_id", nullValue());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void externalIdsMoveWithinBatch(boolean keyed) {
        tenant.create("{\"name\":\"Ana\",\"document\":\"A1\",\"external_id\":\"a\"}");
        tenant.create("{\"name\":\"Bob\",\"document\":\"B1\",\"external_id\":\"b\"}");

        send(keyed, """
                {"customers":[{"document":"A1","external_id":null},{"document":"B1","external_id":"a"},
                {"name":"Carl","external_id":"b"}]}""").body("data.outcome", equalTo(List.of("updated", "updated", "created")));
        send(keyed, """
                {"customers":[{"document":"B1","external_id":null,"match_on":["document"]},
                {"document":"A1","external_id":"a","match_on":["document"]},
                {"external_id":"b","document":"C1"},
                {"document":"C1","external_id":null,"match_on":["document"]},
                {"document":"B1","external_id":"b","match_on":["document"]}]}""").body("data.status", equalTo(List.of(200, 200, 200, 200, 200)));
        tenant.call()
                .get(CUSTOMERS + "?fields=name,external_id")
                .then()
                .body("data.name", equalTo(List.of("Ana", "Bob", "Carl")))
                .body("data.external_id", contains("a", "b", null));
    }

    private ValidatableResponse send(boolean keyed, String body) {
        var call = tenant.json(body);
        if (keyed) {
            call.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        return call.post(BATCH).then().statusCode(200);
    }

    @Test
    void concurrentKeyedBatchesDoNotDeadlock() {
        var forward = IntStream.range(0, 300).boxed().toList();
        var backward = IntStream.range(0, 300).mapToObj(i -> 299 - i).toList();
        var bodies = Stream.of(forward, backward)
                .map(order -> order.stream()
                        .map(i -> "{\"external_id\":\"" + i + "\",\"name\":\"Ana\"}")
                        .collect(Collectors.joining(",", "{\"customers\":[", "]}")))
                .toList();

        var responses = Parallel.sendUntilServed(6, i -> tenant.request(BATCH)
                .header("Idempotency-Key", "k" + i)
                .POST(BodyPublishers.ofString(bodies.get(i % 2)))
                .build());

        assertThat(responses).allSatisfy(response -> assertThat(
                        JsonPath.from(response.body()).getInt("meta.failed"))
                .as(response.body())
                .isZero());
        tenant.call().get(CUSTOMERS).then().body("meta.total_count", equalTo(300));
    }

    @Test
    void invalidAtomicBatchReturnsAllErrors() {
        batch(true, """
                {"name": "Ana", "email": "ana@example.com"},
                {"name": "B", "email": "x"},
                {"name": "C"},
                {"name": "D", "email": "d@example.com", "nope": true}""")
                .statusCode(422)
                .body("errors.field", contains("/customers/1/email", "/customers/2", "/customers/3/nope"));

        assertThat(count()).isZero();
    }

    @Test
    void failedAtomicBatchWritesNothing() {
        tenant.create(ANA);
        var bob = create(BOB);

        batch(true, """
                {"name": "New", "email": "new@example.com"},
                {"phone": "+5511988887777", "notes": "changed"},
                {"email": "ana@example.com", "phone": "+5511988887777"}""")
                .statusCode(409)
                .body("code", equalTo("ambiguous_match"))
                .body("index", equalTo(2));

        var nameless = """
                {"name":"New","email":"new@example.com"},{"email":"nameless@example.com"}""";
        batch(true, nameless).statusCode(422).body("errors[0].field", equalTo("/customers/1/name"));

        assertThat(count()).isEqualTo(2);
        tenant.get(bob).then().body("version", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"customers\":null}",
                "{\"customers\":{}}",
                "{\"customers\":[]}",
                "{\"customers\":[{\"name\":\"A\",\"email\":\"a@b.c\"}],\"atomic\":true}"
            })
    void malformedBatchReturns422(String body) {
        tenant.json(body).post(BATCH).then().statusCode(422).body("errors", hasSize(1));

        assertThat(count()).isZero();
    }

    @Test
    void batchOverMaximumSizeReturns422() {
        batch(false, thousandCustomers() + ",{\"name\":\"One more\",\"email\":\"z@example.com\"}")
                .statusCode(422)
                .body("errors[0].field", equalTo("/customers"));

        assertThat(count()).isZero();
    }

    @Test
    void repeatedIdempotencyKeyReturnsFirstResponse() {
        for (int i = 0; i < 2; i++) {
            tenant.json("""
                    {"customers":[{"name":"Ana","email":"ana@example.com"},{"name":"x"}]}""")
                    .header("Idempotency-Key", "k1")
                    .post(BATCH)
                    .then()
                    .statusCode(200)
                    .body("meta.created", equalTo(1))
                    .body("meta.failed", equalTo(1));
        }
    }

    @Test
    void concurrentBatchesCreateEachCustomerOnce() {
        var responses = Parallel.sendUntilServed(6, i -> {
            var customers = IntStream.range(0, 40)
                    .map(n -> i % 2 == 0 ? n : 39 - n)
                    .mapToObj(n -> "{\"name\":\"N" + n + "\",\"email\":\"n" + n + "@example.com\",\"phone\":\"+55 11 9"
                            + (20_000_000 + n) + "\",\"notes\":\"" + i + "\"}")
                    .collect(Collectors.joining(","));
            return tenant.request(BATCH + "?atomic=true")
                    .POST(BodyPublishers.ofString("{\"customers\":[" + customers + "]}"))
                    .build();
        });

        assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(responses).allSatisfy(response -> assertThat(response.body()).contains("\"failed\":0"));
        assertThat(count()).isEqualTo(40);
    }
}
