package io.clientela.privacy;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DataExportTest extends ApiTest {
    private static final String SECRET = "correct horse battery";

    private final TestTenant tenant = TestTenant.fresh();

    private ValidatableResponse get(String id) {
        return tenant.call().get(path(id)).then();
    }

    private JsonPath export(String id) {
        return get(id).statusCode(200).extract().jsonPath();
    }

    private static String path(String id) {
        return CUSTOMERS + "/" + id + "/data-export";
    }

    private String add(String path, String body, String... idempotencyKey) {
        var request = tenant.json(body);
        for (String key : idempotencyKey) {
            request.header("Idempotency-Key", key);
        }
        return request.post(path).then().extract().path("id");
    }

    private String merge(String target, String source) {
        return tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .extract()
                .path("merge_id");
    }

    @Test
    void customerHasAllFields() {
        var email = UUID.randomUUID() + "@Example.com";
        var id = tenant.create("{\"name\":\"Jane Smith\",\"email\":\"" + email + "\",\"notes\":\"secret note\","
                        + "\"tags\":[\"vip\"],\"value\":5.10,\"attributes\":{\"b\":1.50,\"a\":\"x\"}}")
                .getString("id");
        Map<String, Object> fields = tenant.get(id).jsonPath().getMap("$");

        var customer = export(id).<String, Object>getMap("parts.customer.data");

        assertThat(customer).containsAllEntriesOf(fields).containsKeys("match_keys", "totals");
        assertThat(get(id).extract().asString()).contains("\"attributes\":{\"b\":1.50,\"a\":\"x\"}", "\"value\":5.10");
        assertThat(customer.get("match_keys").toString()).contains(email.toLowerCase());
    }

    @Test
    void partsHaveWhatFeaturesStore() {
        var id = tenant.create("{\"name\":\"Jane\",\"email\":\"" + UUID.randomUUID()
                        + "@example.com\",\"preferences\":{\"newsletter\":true}}")
                .getString("id");
        var base = CUSTOMERS + "/" + id;
        var address = add(base + "/addresses", "{\"line1\":\"Main Street 1\"}", "key-of-address");
        var call = add(base + "/calls", "{\"notes\":\"asked for a pony\"}");
        var order = add(base + "/orders", "{\"number\":\"A-7\",\"total\":12.50}");
        var cluster = add("/v1/clusters", "{\"name\":\"Riders\"}");
        tenant.call().put("/v1/clusters/" + cluster + "/customers/" + id).then().statusCode(204);
        tenant.json("{\"new_password\":\"" + SECRET + "\"}")
                .put(base + "/password")
                .then()
                .statusCode(204);
        tenant.call().post(base + "/password-reset").then().statusCode(201);

        var parts = export(id);

        assertThat(parts.getList("parts.addresses.data.id")).containsExactly(address);
        assertThat(parts.getString("parts.addresses.data[0].line1")).isEqualTo("Main Street 1");
        assertThat(parts.getString("parts.addresses.data[0].origin_id")).isEqualTo(id);
        assertThat(parts.getList("parts.calls.data.id")).containsExactly(call);
        assertThat(parts.getString("parts.calls.data[0].notes")).isEqualTo("asked for a pony");
        assertThat(parts.getList("parts.orders.data.id")).containsExactly(order);
        assertThat(parts.getList("parts.clusters.data.name")).containsExactly("Riders");
        assertThat(parts.getList("parts.history.data.type"))
                .startsWith("customer.created")
                .contains("address.added", "call.added", "order.added", "customer.password_changed");
        assertThat(parts.getBoolean("parts.login.data.has_password")).isTrue();
        assertThat(parts.getList("parts.one_time_tokens.data.purpose")).containsExactly("password_reset");
        assertThat(parts.getList("parts.stored_responses.data.idempotency_key")).containsExactly("key-of-address");
        assertThat(parts.<String, Map<String, String>>getMap("parts").values())
                .allSatisfy(part -> assertThat(part.get("explanation")).isNotBlank());
    }

    @Test
    void exportHasNoSecrets() {
        var id = tenant.create("{\"name\":\"Jane\",\"email\":\"" + UUID.randomUUID() + "@example.com\"}")
                .getString("id");
        var base = CUSTOMERS + "/" + id;
        tenant.json("{\"new_password\":\"" + SECRET + "\"}")
                .put(base + "/password")
                .then()
                .statusCode(204);
        String token =
                tenant.call().post(base + "/password-reset").then().extract().path("token");
        var hash = TestDatabase.column("SELECT password_hash FROM customer_account WHERE customer_id = ?::uuid", id)
                .get(0);

        var document = get(id).statusCode(200).extract().asString();

        assertThat(document).doesNotContain(SECRET, token, hash, "argon2");
    }

    @Test
    void consentsAreExported() {
        var id = tenant.createNamed("Jane");
        TestDatabase.execute(
                "INSERT INTO customer_consent (tenant_id, customer_id, customer_version, preference, granted, at, actor,"
                        + " source) VALUES (?, ?::uuid, 99, 'whatsapp', true, now(), 'agent', 'api')",
                tenant.name(),
                id);

        var consents = export(id).<Map<String, Object>>getList("parts.consents.data");

        assertThat(consents).anySatisfy(consent -> assertThat(consent)
                .containsEntry("preference", "whatsapp")
                .containsEntry("granted", true)
                .containsEntry("actor", "agent"));
    }

    @Test
    void failedAttemptsAreExported() {
        var email = UUID.randomUUID() + "@example.com";
        var id =
                tenant.create("{\"name\":\"Jane\",\"email\":\"" + email + "\"}").getString("id");
        TestTenant.call("")
                .header("X-Tenant", tenant.name())
                .contentType("application/json")
                .body("{\"email\":\"" + email + "\",\"password\":\"wrong password\"}")
                .post("/v1/sessions")
                .then()
                .statusCode(401);

        assertThat(export(id).getList("parts.failed_attempts.data.count")).containsExactly(1);
    }

    @Test
    void mergedCustomersAreExportedWithTarget() {
        var target = tenant.create("{\"name\":\"Jane\"}").getString("id");
        var source = tenant.create("{\"name\":\"J. Smith\",\"external_id\":\"crm-7\",\"notes\":\"of the source\","
                        + "\"attributes\":{\"a\":1}}")
                .getString("id");
        add(CUSTOMERS + "/" + source + "/calls", "{\"notes\":\"call of the source\"}");
        var mergeId = merge(target, source);

        var document = export(target);

        assertThat(document.getList("also_known_as")).containsExactly(source);
        assertThat(document.getList("parts.aliases.data.key")).containsExactly("crm-7");
        assertThat(document.getString("parts.calls.data[0].origin_id")).isEqualTo(source);
        assertThat(document.getString("parts.merges.data[0].id")).isEqualTo(mergeId);
        assertThat(document.getString("parts.merges.data[0].changes.notes.to")).isEqualTo("of the source");
        assertThat(document.getInt("parts.merges.data[0].moved.calls")).isEqualTo(1);
        assertThat(document.getString("parts.merged_customers.data[0].customer.name"))
                .isEqualTo("J. Smith");
        assertThat(document.getInt("parts.merged_customers.data[0].customer.attributes.a"))
                .isEqualTo(1);
        assertThat(document.getList("parts.history.data.customer_id")).contains(source, target);
        tenant.call()
                .redirects()
                .follow(false)
                .get(path(source))
                .then()
                .statusCode(307)
                .header("Location", containsString(path(target)));
    }

    @Test
    void undoneMergeHasNothingOfOtherCustomer() {
        var target = tenant.create("{\"name\":\"Jane\"}").getString("id");
        var source = tenant.create("{\"name\":\"Someone Else\",\"notes\":\"private matter\"}")
                .getString("id");
        var mergeId = merge(target, source);
        tenant.call().post("/v1/merges/" + mergeId + "/undo").then().statusCode(200);

        var ofTarget = get(target).statusCode(200).extract();
        var ofSource = get(source).statusCode(200).extract();

        assertThat(ofTarget.asString()).doesNotContain("private matter", "Someone Else");
        assertThat(ofSource.asString()).doesNotContain("\"Jane\"");
        for (var document : List.of(ofTarget.jsonPath(), ofSource.jsonPath())) {
            assertThat(document.getList("also_known_as")).isEmpty();
            assertThat(document.getList("parts.merges.data.id")).containsExactly(mergeId);
            assertThat(document.getString("parts.merges.data[0].merged_by")).isEqualTo("tester");
            assertThat(document.getString("parts.merges.data[0].undone_by")).isEqualTo("tester");
            assertThat(document.getList("parts.merges.data[0].source_ids")).containsExactly(source);
        }
    }

    @Test
    void likelyDuplicatesAreExportedById() {
        var one = "{\"name\":\"Jane Smith\",\"email\":\"jane@example.com\",\"phone\":\"+5511912345678\"";
        var id = tenant.create(one + "}").getString("id");
        var other = tenant.create(one + ",\"notes\":\"private matter\"}").getString("id");
        var dismissed = tenant.create("{\"name\":\"Bob\"}").getString("id");
        tenant.awaitCompared();
        tenant.json("{\"customer_ids\":[\"" + id + "\",\"" + dismissed + "\"]}")
                .post("/v1/duplicates/dismiss")
                .then()
                .statusCode(204);

        var response = get(id).statusCode(200).extract();

        var document = response.jsonPath();
        assertThat(document.getList("parts.likely_duplicates.data.customer_id")).containsExactly(other);
        assertThat(document.<List<String>>getList("parts.likely_duplicates.data.reasons")
                        .get(0))
                .contains("same_email");
        assertThat(document.getList("parts.dismissed_duplicates.data.customer_id"))
                .containsExactly(dismissed);
        assertThat(response.asString()).doesNotContain("private matter", "Bob");
    }

    @Test
    void exportIsFileThatIsNotStored() {
        var id = tenant.createNamed("Jane");

        get(id).statusCode(200)
                .header("Content-Type", containsString("application/json"))
                .header("Content-Disposition", equalTo("attachment; filename=\"customer-" + id + ".json\""))
                .header("Cache-Control", equalTo("no-store"));
        tenant.call().head(path(id)).then().statusCode(200);
    }

    @Test
    void thousandsOfRowsAreComplete() {
        var id = tenant.createNamed("Jane");
        LargeCustomer.addCalls(tenant.name(), id, 4001, "short");
        LargeCustomer.addEvents(tenant.name(), id, 2050);

        var document = export(id);

        assertThat(document.getList("parts.calls.data.id"))
                .doesNotHaveDuplicates()
                .hasSize(4001);
        assertThat(document.getList("parts.history.data.id"))
                .doesNotHaveDuplicates()
                .hasSize(2051);
        assertThat(document.getList("parts.history.data.version", Long.class)).isSorted();
    }

    @Test
    void ownExportIsSameDocument() {
        var id = tenant.create("{\"name\":\"Jane\",\"notes\":\"of the business\"}")
                .getString("id");
        var self = TestTokens.of(tenant.name(), id, "customers:self");

        var own = TestTenant.call(self)
                .get(path("me"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(own.<String, Object>getMap("parts")).isEqualTo(export(id).getMap("parts"));
        TestTenant.call(self).get(path(id)).then().statusCode(403);
        tenant.json("{\"status\":\"blocked\"}").put(CUSTOMERS + "/" + id + "/status");
        TestTenant.call(self).get(path("me")).then().statusCode(403).body("code", equalTo("account_blocked"));
    }

    @Test
    void anonymizedCustomerExportsWhatIsLeft() {
        var id = tenant.createNamed("Jane");
        add(CUSTOMERS + "/" + id + "/orders", "{\"total\":12.50}");
        TestDatabase.execute("UPDATE customer SET anonymized = true WHERE id = ?::uuid", id);

        var document = export(id);

        assertThat(document.getBoolean("parts.customer.data.anonymized")).isTrue();
        assertThat(document.getList("parts.orders.data")).hasSize(1);
    }

    @Test
    void customersWhoAreNotThereReturn404() {
        var deleted = tenant.createNamed("Jane");
        tenant.call().delete(CUSTOMERS + "/" + deleted).then().statusCode(204);
        var elsewhere =
                tenant.create("{\"name\":\"Jane\",\"location_id\":\"l2\"}").getString("id");
        var confined = TestTokens.with(claims -> {
            claims.setClaim("tenant", tenant.name());
            claims.setClaim("scope", "customers:read");
            claims.setClaim("location", "l1");
        });

        get(deleted).statusCode(404);
        get(UUID.randomUUID().toString()).statusCode(404);
        get(TestTenant.fresh().createNamed("Jane")).statusCode(404);
        TestTenant.call(confined).get(path(elsewhere)).then().statusCode(404);
        tenant.callWith("customers:write").get(path(elsewhere)).then().statusCode(403);
    }
}
