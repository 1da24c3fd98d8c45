package io.clientela.privacy;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The erasure of personal data. That nothing of it is left in any table is checked by {@code ErasedTablesTest}. */
@QuarkusTest
class ErasureTest extends ApiTest {
    private static final String JANE = """
            {"name":"Jane Smith","external_id":"jane","email":"jane@example.com","phone":"+55 11 97777-6666",
             "document":"529.982.247-25","location_id":"north","status":"inactive","notes":"Jane's","tags":["jane"],
             "preferences":{"newsletter":false,"whatsapp":true}}""";

    private final TestTenant tenant = TestTenant.fresh();

    private ValidatableResponse erase(String id) {
        return tenant.call().post(CUSTOMERS + "/" + id + "/erasure").then();
    }

    private String erased(String body) {
        var id = tenant.create(body).getString("id");
        erase(id).statusCode(200);
        return id;
    }

    private ValidatableResponse merge(String target, String source) {
        return tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then();
    }

    private String merged(String target, String source) {
        return merge(target, source).statusCode(200).extract().path("merge_id");
    }

    private ValidatableResponse undo(String merge) {
        return tenant.call().post("/v1/merges/" + merge + "/undo").then();
    }

    private void add(String id, String items, String body) {
        tenant.json(body).post(CUSTOMERS + "/" + id + "/" + items).then().statusCode(201);
    }

    private JsonPath history(String id) {
        return tenant.call().get(CUSTOMERS + "/" + id + "/history").jsonPath();
    }

    @Test
    void erasureAnonymizesCustomer() {
        var id = tenant.create(JANE).getString("id");

        erase(id)
                .statusCode(200)
                .body("customer.id", equalTo(id))
                .body("customer.anonymized", equalTo(true))
                .body("customer.name", equalTo("Anonymized"))
                .body("customer.email", nullValue())
                .body("customer.external_id", nullValue())
                .body("customer.version", equalTo(2))
                .body("customer.type", equalTo("individual"))
                .body("customer.status", equalTo("inactive"))
                .body("customer.location_id", equalTo("north"))
                .body("customer.preferences.newsletter", equalTo(false))
                .body("customer.preferences.whatsapp", equalTo(true))
                .body("customer.tags", empty())
                .body("erased", contains("history", "profile"))
                .body(
                        "kept.what",
                        hasItems(
                                endsWith("updated_at"),
                                equalTo("preferences: what was consented to or refused, and when")));

        assertThat(tenant.get(id).then().statusCode(200).extract().asString()).doesNotContainIgnoringCase("jane");
        tenant.call().get(CUSTOMERS).then().body("data.id", contains(id)).body("data[0].anonymized", equalTo(true));
    }

    @Test
    void eventOfErasureHasNoPersonalData() {
        var id = erased(JANE);

        var events = history(id);

        assertThat(events.getList("data.type")).containsExactly("customer.erased", "customer.created");
        assertThat(events.getMap("data[0].changes")).containsOnlyKeys("anonymized");
        assertThat(events.getMap("data[1].changes")).containsOnlyKeys("status", "preferences");
        assertThat(events.getString("data[1].actor")).isEqualTo("tester");
        assertThat(events.getInt("data[0].version")).isEqualTo(2);
    }

    @Test
    void erasureKeepsTotals() {
        var id = tenant.create(JANE).getString("id");
        add(id, "calls", "{\"notes\":\"Jane's\",\"started_at\":\"2026-01-02T03:04:05Z\",\"duration_seconds\":7}");
        add(id, "orders", "{\"number\":\"Jane's\",\"total\":12.5,\"status\":\"paid\"}");
        add(id, "addresses", "{\"line1\":\"Jane's\"}");
        var stats = tenant.call()
                .queryParam("include", "stats")
                .get(CUSTOMERS + "/" + id)
                .jsonPath()
                .getMap("stats");

        erase(id)
                .statusCode(200)
                .body("erased", contains("addresses", "calls", "history", "orders", "profile"))
                .body("customer.call_count", equalTo(1))
                .body("customer.last_call_at", equalTo("2026-01-02T03:04:05Z"));

        var customer = tenant.call()
                .queryParam("include", "stats,calls,orders,addresses")
                .get(CUSTOMERS + "/" + id)
                .jsonPath();
        assertThat(customer.getMap("stats")).isEqualTo(stats);
        assertThat(customer.getInt("calls[0].duration_seconds")).isEqualTo(7);
        assertThat(customer.getString("calls[0].notes")).isNull();
        assertThat(customer.getFloat("orders[0].total")).isEqualTo(12.5f);
        assertThat(customer.getString("orders[0].number")).isNull();
        assertThat(customer.getList("addresses")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PATCH  | /v1/customers/{id}                     | {"name":"Jane"}
            PUT    | /v1/customers/{id}                     | {"name":"Anonymized"}
            PUT    | /v1/customers/{id}/status              | {"status":"blocked"}
            PUT    | /v1/customers/{id}/role                | {"role":"vip"}
            PUT    | /v1/customers/{id}/password            | {"new_password":"correct horse battery"}
            POST   | /v1/customers/{id}/password-reset      |
            POST   | /v1/customers/{id}/email-verification  |
            POST   | /v1/customers/{id}/addresses           | {"line1":"Jane's"}
            POST   | /v1/customers/{id}/calls               | {"notes":"Jane's"}
            PATCH  | /v1/customers/{id}/calls/{call}        | {"notes":"Jane's"}
            DELETE | /v1/customers/{id}/calls/{call}        |
            POST   | /v1/customers/{id}/orders              | {"total":1}
            PUT    | /v1/clusters/{cluster}/customers/{id}  |
            DELETE | /v1/clusters/{cluster}/customers/{id}  |
            POST   | /v1/customers/merge                    | {"target_id":"{id}","source_ids":["{other}"]}
            POST   | /v1/customers/merge                    | {"target_id":"{other}","source_ids":["{id}"]}
            POST   | /v1/duplicates/dismiss                 | {"customer_ids":["{id}","{other}"]}""")
    void writeToErasedCustomerReturns409(String method, String path, String body) {
        var other = tenant.createNamed("Other");
        var cluster = tenant.json("{\"name\":\"C\"}")
                .post("/v1/clusters")
                .then()
                .extract()
                .<String>path("id");
        var id = tenant.create(JANE).getString("id");
        add(id, "calls", "{}");
        var call = tenant.call().get(CUSTOMERS + "/" + id + "/calls").<String>path("data[0].id");
        erase(id).statusCode(200);
        var before = tenant.get(id).asString();

        var request = tenant.call();
        if (body != null) {
            request.contentType("application/json")
                    .body(body.replace("{id}", id).replace("{other}", other));
        }
        request.request(method, path.replace("{id}", id).replace("{call}", call).replace("{cluster}", cluster))
                .then()
                .statusCode(409)
                .body("code", equalTo("customer_anonymized"))
                .body("customer_ids", contains(id));

        assertThat(tenant.get(id).asString()).isEqualTo(before);
    }

    @Test
    void mergePreviewNamesErasedCustomer() {
        var target = tenant.createNamed("Target");
        var source = erased(JANE);

        tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge?dry_run=true")
                .then()
                .statusCode(200)
                .body("blocking[0].customer_id", equalTo(source))
                .body("blocking[0].reason", equalTo("anonymized"));
    }

    /** A preview without conflicts has values of the source, and not its id. */
    @Test
    void repeatedPreviewHasNoErasedValues() {
        var target = tenant.createNamed("Jane Smith");
        var source = tenant.create("{\"name\":\"Jane Smith\",\"email\":\"jane@example.com\"}")
                .getString("id");
        var preview = tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .header("Idempotency-Key", "preview-1")
                .queryParam("dry_run", true);
        preview.post(CUSTOMERS + "/merge").then().body("customer.email", equalTo("jane@example.com"));

        erase(source).statusCode(200);

        preview.post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .body("customer.email", nullValue())
                .body("blocking.reason", contains("anonymized"));
    }

    @ParameterizedTest
    @CsvSource({"external_id,jane", "email,jane@example.com", "phone,+5511977776666", "document,52998224725"})
    void upsertNeverFindsErasedCustomer(String field, String value) {
        var source = tenant.create(JANE).getString("id");
        var id = tenant.createNamed("Jane");
        merged(id, source);
        erase(id).statusCode(200);

        tenant.json("{\"name\":\"Jane\",\"" + field + "\":\"" + value + "\"}")
                .post(CUSTOMERS + "/upsert")
                .then()
                .statusCode(201)
                .body("outcome", equalTo("created"))
                .body("customer.id", not(equalTo(id)));
    }

    @Test
    void secondErasureChangesNothing() {
        var id = erased(JANE);
        var before = tenant.get(id).asString();

        erase(id).statusCode(200).body("erased", empty()).body("customer.version", equalTo(2));

        assertThat(tenant.get(id).asString()).isEqualTo(before);
        assertThat(history(id).getList("data")).hasSize(2);
    }

    @Test
    void erasedCustomerIsDeletedByRules() {
        var id = tenant.create(JANE).getString("id");
        add(id, "orders", "{\"total\":1}");
        erase(id).statusCode(200);

        tenant.call().delete(CUSTOMERS + "/" + id).then().statusCode(409).body("code", equalTo("delete_refused"));
        tenant.call().delete(CUSTOMERS + "/" + id + "?force=true").then().statusCode(204);

        tenant.get(id).then().statusCode(404);
    }

    @Test
    void erasureOfMergedCustomerReturns409() {
        var source = tenant.create(JANE).getString("id");
        var target = tenant.createNamed("Jane");
        merged(target, source);

        erase(source).statusCode(409).body("code", equalTo("merged")).body("merged_into", equalTo(target));
        erase(target).statusCode(200).body("erased", hasItems("identifiers", "merges", "history", "profile"));

        tenant.call()
                .redirects()
                .follow(false)
                .get(CUSTOMERS + "/" + source)
                .then()
                .statusCode(307)
                .header("Location", endsWith(target));
        assertThat(history(source).prettyPrint()).doesNotContainIgnoringCase("jane");
    }

    @Test
    void undoOfErasedTargetReturns409() {
        var target = tenant.createNamed("Jane");
        var source = tenant.create(JANE).getString("id");
        var merge = merged(target, source);
        erase(target).statusCode(200);

        undo(merge).statusCode(409).body("code", equalTo("undo_refused")).body("reason", equalTo("anonymized"));
    }

    /** Whatever becomes of the target: the source is erased with it, and there is nothing to restore it from. */
    @Test
    void undoOfErasedSourceReturns409() {
        var target = tenant.createNamed("Jane");
        var source = tenant.create(JANE).getString("id");
        var merge = merged(target, source);
        erase(target).statusCode(200);
        TestDatabase.execute("UPDATE customer SET anonymized = false WHERE id = ?::uuid", target);

        undo(merge).statusCode(409).body("code", equalTo("undo_refused")).body("reason", equalTo("anonymized"));

        tenant.get(target).then().statusCode(200);
    }

    @Test
    void undoBelowErasedCustomerReturns409() {
        var source = tenant.create(JANE).getString("id");
        var middle = tenant.createNamed("Jane");
        var merge = merged(middle, source);
        var target = tenant.createNamed("Jane");
        merged(target, middle);
        erase(target).statusCode(200);

        undo(merge).statusCode(409).body("code", equalTo("undo_refused"));
    }

    @Test
    void erasureOfDeletedCustomerErasesHistory() {
        var id = tenant.create(JANE).getString("id");
        tenant.call().delete(CUSTOMERS + "/" + id).then().statusCode(204);
        assertThat(history(id).prettyPrint()).contains("jane@example.com");

        erase(id).statusCode(200).body("customer", nullValue()).body("erased", contains("history"));

        assertThat(history(id).prettyPrint()).doesNotContainIgnoringCase("jane");
        assertThat(history(id).getList("data.type"))
                .containsExactly("customer.erased", "customer.deleted", "customer.created");
        erase(id).statusCode(200).body("erased", empty());
        assertThat(history(id).getList("data")).hasSize(3);
        tenant.get(id).then().statusCode(404);
    }

    @Test
    void erasureOutOfReachReturns404() {
        var deleted = tenant.create(JANE).getString("id");
        tenant.call().delete(CUSTOMERS + "/" + deleted).then().statusCode(204);
        var live = tenant.create(JANE).getString("id");
        var elsewhere = TestTokens.with(claims -> {
            claims.setSubject("tester");
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "customers:admin");
            claims.setStringClaim("location", "south");
        });

        erase(UUID.randomUUID().toString()).statusCode(404);
        for (String id : new String[] {deleted, live}) {
            var path = CUSTOMERS + "/" + id + "/erasure";
            TestTenant.fresh().call().post(path).then().statusCode(404).body("code", equalTo("not_found"));
            TestTenant.call(elsewhere).post(path).then().statusCode(404).body("code", equalTo("not_found"));
            assertThat(history(id).prettyPrint()).contains("jane@example.com");
        }
    }

    /** The target had the person's values until the undo: they are in its history only. */
    @Test
    void erasureReachesHistoryOfFormerTarget() {
        var target = tenant.create("{\"name\":\"Tom\",\"notes\":\"Tom's\"}").getString("id");
        tenant.patch(target, "{\"notes\":\"Tom's first\"}");
        var source = tenant.create(JANE).getString("id");
        var merge = merged(target, source);
        tenant.patch(target, "{\"email\":\"tom@example.com\",\"notes\":\"Tom's second\"}");
        undo(merge).statusCode(200);
        tenant.patch(target, "{\"notes\":\"Tom's third\"}");
        assertThat(history(target).prettyPrint()).contains("jane@example.com");

        erase(source).statusCode(200).body("erased", contains("history", "merges", "profile"));

        var events = history(target);
        assertThat(events.prettyPrint())
                .doesNotContainIgnoringCase("jane")
                .contains("Tom's first", "Tom's second", "Tom's third");
        tenant.get(target)
                .then()
                .body("anonymized", equalTo(false))
                .body("name", equalTo("Tom"))
                .body("email", equalTo("tom@example.com"));
    }

    @Test
    void repeatedRequestDoesNotCreatePersonAgain() {
        var create = tenant.json(JANE).header("Idempotency-Key", "create-1");
        var id = create.post(CUSTOMERS).then().statusCode(201).extract().<String>path("id");
        var bystander = tenant.json("{\"name\":\"Tom\"}").header("Idempotency-Key", "create-2");
        bystander.post(CUSTOMERS).then().statusCode(201);

        erase(id).statusCode(200).body("erased", hasItem("stored_responses"));

        create.post(CUSTOMERS).then().statusCode(410).body("code", equalTo("response_erased"));
        bystander.post(CUSTOMERS).then().statusCode(201).header("Idempotency-Replayed", "true");
        tenant.call().get(CUSTOMERS).then().body("meta.total_count", equalTo(2));
    }

    @Test
    void repeatedErasureWithKeyIsReplayed() {
        var id = tenant.create(JANE).getString("id");
        var request = tenant.call().header("Idempotency-Key", "erase-1");
        var first = request.post(CUSTOMERS + "/" + id + "/erasure")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        var second = request.post(CUSTOMERS + "/" + id + "/erasure").then().statusCode(200);

        assertThat(second.extract().header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.extract().asString()).isEqualTo(first);
    }

    @Test
    void customerErasesOwnData() {
        var id = tenant.create(JANE).getString("id");
        var own = TestTokens.of(tenant.name(), id, "customers:self");

        TestTenant.call(own).delete(CUSTOMERS + "/me").then().statusCode(204);

        tenant.get(id).then().statusCode(200).body("anonymized", equalTo(true));
        assertThat(history(id).getString("data[0].actor")).isEqualTo(id);
        TestTenant.call(own).get(CUSTOMERS + "/me").then().statusCode(403).body("code", equalTo("account_blocked"));
        TestTenant.call(own).delete(CUSTOMERS + "/me").then().statusCode(403).body("code", equalTo("account_blocked"));
    }

    @Test
    void erasureEndsLogin() {
        var id = tenant.create(JANE).getString("id");
        tenant.json("{\"new_password\":\"correct horse battery\"}")
                .put(CUSTOMERS + "/" + id + "/password")
                .then()
                .statusCode(204);
        String token = logIn().statusCode(201).extract().path("access_token");

        erase(id).statusCode(200).body("erased", hasItem("login"));

        TestTenant.call(token).get(CUSTOMERS + "/me").then().statusCode(403).body("code", equalTo("account_blocked"));
        logIn().statusCode(401).body("code", equalTo("invalid_credentials"));
        // The account of a customer who is anonymised no more, which no operation does, knows no token from before.
        TestDatabase.execute("UPDATE customer SET anonymized = false WHERE id = ?::uuid", id);
        TestTenant.call(token).get(CUSTOMERS + "/me").then().statusCode(401);
    }

    private ValidatableResponse logIn() {
        return given().header("X-Tenant", tenant.name())
                .contentType("application/json")
                .body("{\"email\":\"jane@example.com\",\"password\":\"correct horse battery\"}")
                .post("/v1/sessions")
                .then();
    }
}
