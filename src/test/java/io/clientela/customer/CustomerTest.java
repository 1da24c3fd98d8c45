package io.clientela.customer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Create, read, update and delete of one customer. */
@QuarkusTest
class CustomerTest extends ApiTest {
    private static final String EVERYTHING = """
            {"external_id": "crm-1", "type": "individual", "status": "inactive", "name": "Jane A. Smith",
             "first_name": "Jane", "last_name": "Smith", "company_name": "Smith & Sons", "email": " Jane@Example.com ",
             "phone": "+1 (800) 123-4567", "document": "529.982.247-25", "state_registration": "110.042.490.114",
             "source": "website", "avatar": "https://cdn.example.com/j.png", "birthday": "1987-06-05",
             "address": "Av. Paulista, 1000", "tags": [" vip ", "new", "vip"], "location_id": "store-1",
             "value": 12.5, "auto_payment": true, "notes": "calls\\nin the morning",
             "preferences": {"newsletter": true, "whatsapp": false}, "social": {"driver": "google", "id": "42"},
             "utm": {"source": "news", "campaign": "spring"},
             "attributes": {"z": 1.10, "a": {"deep": [1, null, "x"]}}}""";

    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void createReturnsEveryFieldLocationAndETag() {
        var created =
                tenant.json(EVERYTHING).post(CUSTOMERS).then().statusCode(201).extract();
        String id = created.path("id");
        assertThat(created.header("Location")).endsWith(CUSTOMERS + "/" + id);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(UUID.fromString(id).version()).isEqualTo(7);

        var body = tenant.get(id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .extract()
                .asString();
        assertThat(body)
                .isEqualTo(created.asString())
                .contains("\"value\":12.50")
                .contains("\"attributes\":{\"z\":1.10,\"a\":{\"deep\":[1,null,\"x\"]}}")
                .contains("\"email\":\" Jane@Example.com \"")
                .contains("\"tags\":[\"vip\",\"new\"]");
        tenant.get(id)
                .then()
                .body("external_id", equalTo("crm-1"))
                .body("status", equalTo("inactive"))
                .body("role", equalTo("customer"))
                .body("document_type", equalTo("cpf"))
                .body("document_valid", equalTo(true))
                .body("birthday", equalTo("1987-06-05"))
                .body("preferences.newsletter", equalTo(true))
                .body("preferences.whatsapp", equalTo(false))
                .body("preferences.promotions", nullValue())
                .body("social.id", equalTo("42"))
                .body("utm.campaign", equalTo("spring"))
                .body("call_count", equalTo(0))
                .body("anonymized", equalTo(false))
                .body("created_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"));
    }

    @Test
    void customerNumbersAreShortAndUnique() {
        long first = tenant.create("{\"name\":\"A\"}").getLong("number");
        long second = TestTenant.fresh().create("{\"name\":\"B\"}").getLong("number");

        assertThat(second).isGreaterThan(first);
        assertThat(String.valueOf(second)).hasSizeLessThan(10);
    }

    @Test
    void createDerivesMissingNames() {
        var whole = tenant.create("{\"name\":\"Jane Smith\"}");
        assertThat(whole.getString("first_name")).isEqualTo("Jane");
        assertThat(whole.getString("last_name")).isEqualTo("Smith");

        var parts = tenant.create("{\"first_name\":\"Luís\",\"last_name\":\"Gonçalves\"}");
        assertThat(parts.getString("name")).isEqualTo("Luís Gonçalves");

        var company = tenant.create("{\"type\":\"company\",\"company_name\":\"Acme Ltda\"}");
        assertThat(company.getString("name")).isEqualTo("Acme Ltda");
        assertThat(company.getString("first_name")).isNull();
    }

    @Test
    void getWithCurrentETagReturns304() {
        var id = tenant.createNamed("Jane");
        tenant.call()
                .header("If-None-Match", "\"1\"")
                .get(CUSTOMERS + "/" + id)
                .then()
                .statusCode(304)
                .body(equalTo(""));
        tenant.call()
                .header("If-None-Match", "W/\"1\", \"9\"")
                .get(CUSTOMERS + "/" + id)
                .then()
                .statusCode(304);

        tenant.patch(id, "{\"notes\":\"x\"}");
        tenant.call()
                .header("If-None-Match", "\"1\"")
                .get(CUSTOMERS + "/" + id)
                .then()
                .statusCode(200);
    }

    @Test
    void writeWithStaleVersionReturns412() {
        var id = tenant.createNamed("Jane");
        var path = CUSTOMERS + "/" + id;

        tenant.json("{\"notes\":\"a\"}")
                .header("If-Match", "\"1\"")
                .patch(path)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        tenant.json("{\"notes\":\"b\"}")
                .header("If-Match", "\"1\"")
                .patch(path)
                .then()
                .statusCode(412)
                .body("code", equalTo("version_mismatch"))
                .body("current_version", equalTo(2));
        tenant.json("{\"notes\":\"b\"}")
                .header("If-Match", "W/\"2\"")
                .put(path)
                .then()
                .statusCode(412);
        tenant.json("{\"notes\":\"b\"}")
                .header("If-Match", "2")
                .put(path)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("If-Match"));

        tenant.json("{\"notes\":\"b\"}")
                .header("If-Match", "\"7\", \"2\"")
                .put(path)
                .then()
                .statusCode(200);
        tenant.json("{\"status\":\"blocked\"}")
                .header("If-Match", "\"2\"")
                .put(path + "/status")
                .then()
                .statusCode(412);
        tenant.call().header("If-Match", "\"2\"").delete(path).then().statusCode(412);

        tenant.call().header("If-Match", "*").delete(path).then().statusCode(204);
    }

    @Test
    void updateWithoutEffectKeepsVersionAndHistory() {
        var id = tenant.create(EVERYTHING).getString("id");

        assertThat(tenant.patch(id, EVERYTHING.replace("12.5,", "12.50,")).getInt("version"))
                .isEqualTo(1);
        assertThat(tenant.patch(id, "{}").getInt("version")).isEqualTo(1);
        tenant.json("{\"status\":\"inactive\"}")
                .put(CUSTOMERS + "/" + id + "/status")
                .then()
                .statusCode(200)
                .body("version", equalTo(1));
        tenant.call().get(CUSTOMERS + "/" + id + "/history").then().body("data", hasSize(1));
    }

    @Test
    void patchAndPutKeepAbsentFields() {
        var id = tenant.create("{\"name\":\"Jane Smith\",\"notes\":\"keep\"}").getString("id");

        tenant.call()
                .contentType("application/merge-patch+json")
                .body("{\"phone\":\"+5511999998888\"}")
                .patch(CUSTOMERS + "/" + id)
                .then()
                .statusCode(200)
                .body("notes", equalTo("keep"));
        tenant.json("{\"phone\":null}")
                .put(CUSTOMERS + "/" + id)
                .then()
                .statusCode(200)
                .body("phone", nullValue())
                .body("notes", equalTo("keep"));
    }

    @Test
    void setStatusStoresValidStatusOnly() {
        var id = tenant.createNamed("Jane");
        var path = CUSTOMERS + "/" + id + "/status";

        tenant.json("{\"status\":\"blocked\"}")
                .put(path)
                .then()
                .statusCode(200)
                .body("status", equalTo("blocked"))
                .header("ETag", "\"2\"");
        tenant.json("{\"status\":\"asleep\"}")
                .put(path)
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/status"));
        tenant.json("{}").put(path).then().statusCode(422).body("errors[0].code", equalTo("required"));
    }

    @Test
    void roleChangesByItsOperationOnly() {
        var id = tenant.createNamed("Jane");

        tenant.json("{\"role\":\"wholesaler\"}")
                .put(CUSTOMERS + "/" + id + "/role")
                .then()
                .statusCode(200)
                .body("role", equalTo("wholesaler"));
        tenant.json("{\"role\":\"king\"}")
                .patch(CUSTOMERS + "/" + id)
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/role"));
        tenant.json("{\"name\":\"X\",\"role\":\"king\"}").post(CUSTOMERS).then().statusCode(422);
        tenant.json("{\"role\":\" \"}")
                .put(CUSTOMERS + "/" + id + "/role")
                .then()
                .statusCode(422);
    }

    @Test
    void patchOfReadOnlyFieldReturns422() {
        var id = tenant.createNamed("Jane");

        for (String field : new String[] {
            "id",
            "number",
            "version",
            "created_at",
            "updated_at",
            "email_verified",
            "document_valid",
            "segment",
            "call_count",
            "last_call_at",
            "anonymized"
        }) {
            tenant.json("{\"" + field + "\":null}")
                    .patch(CUSTOMERS + "/" + id)
                    .then()
                    .statusCode(422)
                    .body("errors[0].field", equalTo("/" + field));
        }
    }

    @Test
    void deletedCustomerReturns404() {
        var id = tenant.createNamed("Jane");
        tenant.call().delete(CUSTOMERS + "/" + id).then().statusCode(204);

        tenant.get(id).then().statusCode(404).body("code", equalTo("not_found"));
        tenant.call().delete(CUSTOMERS + "/" + id).then().statusCode(404);
        tenant.json("{\"notes\":\"x\"}").patch(CUSTOMERS + "/" + id).then().statusCode(404);
        tenant.call().get(CUSTOMERS).then().body("data", hasSize(0));
    }

    @Test
    void deleteWithOrdersRequiresForce() {
        var id = tenant.createNamed("Jane");
        TestDatabase.execute("UPDATE customer SET total_orders = 3 WHERE id = ?::uuid", id);

        tenant.call()
                .delete(CUSTOMERS + "/" + id)
                .then()
                .statusCode(409)
                .body("code", equalTo("delete_refused"))
                .body("rules[0].rule", equalTo("orders"))
                .body("rules[0].count", equalTo(3));
        tenant.callWith("customers:write")
                .queryParam("force", "true")
                .delete(CUSTOMERS + "/" + id)
                .then()
                .statusCode(403)
                .body("required_scope", equalTo("customers:admin"));

        tenant.get(id).then().statusCode(200);
        tenant.call()
                .queryParam("force", "true")
                .delete(CUSTOMERS + "/" + id)
                .then()
                .statusCode(204);
    }

    @Test
    void duplicateExternalIdReturns409() {
        var first = tenant.create("{\"name\":\"A\",\"external_id\":\"x\"}").getString("id");
        tenant.json("{\"name\":\"B\",\"external_id\":\"x\"}")
                .post(CUSTOMERS)
                .then()
                .statusCode(409)
                .body("code", equalTo("duplicate_customer"))
                .body("customer_ids", equalTo(List.of(first)));

        var second = tenant.createNamed("B");
        tenant.json("{\"external_id\":\"x\"}")
                .patch(CUSTOMERS + "/" + second)
                .then()
                .statusCode(409);
        tenant.get(second).then().body("version", equalTo(1));

        TestTenant.fresh().create("{\"name\":\"C\",\"external_id\":\"x\"}");
        tenant.call().delete(CUSTOMERS + "/" + first).then().statusCode(204);
        tenant.patch(second, "{\"external_id\":\"x\"}");
    }

    @Test
    void onDuplicateRejectListsConflictingCustomers() {
        var mail =
                tenant.create("{\"name\":\"A\",\"email\":\"Ana@Example.com\"}").getString("id");
        var phone =
                tenant.create("{\"name\":\"B\",\"phone\":\"(11) 8888-7777\"}").getString("id");
        var document = tenant.create("{\"name\":\"C\",\"document\":\"529.982.247-25\"}")
                .getString("id");
        var same = """
                {"name":"D","email":"ana@example.com ","phone":"+5511988887777","document":"52998224725"}""";

        tenant.json(same)
                .queryParam("on_duplicate", "reject")
                .post(CUSTOMERS)
                .then()
                .statusCode(409)
                .body("code", equalTo("duplicate_customer"))
                .body(
                        "customer_ids",
                        equalTo(Stream.of(mail, phone, document).sorted().toList()));

        tenant.json(same)
                .queryParam("on_duplicate", "allow")
                .post(CUSTOMERS)
                .then()
                .statusCode(201);
        tenant.json("{\"name\":\"E\"}")
                .queryParam("on_duplicate", "reject")
                .post(CUSTOMERS)
                .then()
                .statusCode(201);
        tenant.json(same)
                .queryParam("on_duplicate", "perhaps")
                .post(CUSTOMERS)
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("allow, reject"));
    }

    @Test
    void changedEmailIsNoLongerVerified() {
        var id = tenant.create("{\"name\":\"A\",\"email\":\"a@example.com\"}").getString("id");
        TestDatabase.execute("UPDATE customer SET email_verified = true WHERE id = ?::uuid", id);

        assertThat(tenant.patch(id, "{\"email\":\"A@example.com\"}").getBoolean("email_verified"))
                .isTrue();
        assertThat(tenant.patch(id, "{\"email\":\"b@example.com\"}").getBoolean("email_verified"))
                .isFalse();
    }
}
