package io.clientela.customer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A patch keeps, clears or replaces each field. */
@QuarkusTest
class PartialUpdateTest extends ApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** For each field: a first value, a second value, and the value after clearing. */
    private static final Map<String, String[]> FIELDS = Map.ofEntries(
            field("external_id", "\"a\"", "\"b\"", "null"),
            field("type", "\"company\"", "\"individual\"", "\"individual\""),
            field("status", "\"blocked\"", "\"inactive\"", "\"active\""),
            field("company_name", "\"Acme\"", "\"Globex\"", "null"),
            field("email", "\"a@example.com\"", "\"b@example.com\"", "null"),
            field("phone", "\"+5511999998888\"", "\"+1 (800) 123-4567\"", "null"),
            field("document", "\"529.982.247-25\"", "\"11.222.333/0001-81\"", "null"),
            field("state_registration", "\"1\"", "\"2\"", "null"),
            field("source", "\"web\"", "\"shop\"", "null"),
            field("avatar", "\"https://a.example/1\"", "\"https://a.example/2\"", "null"),
            field("birthday", "\"1987-06-05\"", "\"1988-02-29\"", "null"),
            field("address", "\"here\"", "\"there\"", "null"),
            field("tags", "[\"a\",\"b\"]", "[\"c\"]", "[]"),
            field("location_id", "\"l1\"", "\"l2\"", "null"),
            field("value", "1.25", "0.00", "null"),
            field("auto_payment", "true", "false", "null"),
            field("notes", "\"a\"", "\"\"", "null"),
            field("social", "{\"driver\":\"g\",\"id\":\"1\"}", "{\"driver\":\"f\",\"id\":\"2\"}", "null"),
            field("utm", "{\"source\":\"s\",\"campaign\":\"c\"}", "{\"source\":\"t\",\"campaign\":\"d\"}", "null"),
            field("attributes", "{\"a\":1}", "{\"a\":2}", "{}"));

    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void testCoversEveryWritableField() {
        var covered = Stream.concat(
                FIELDS.keySet().stream(),
                Stream.of("name", "first_name", "last_name", "document_type", "preferences", "cluster_id"));

        assertThat(covered).containsExactlyInAnyOrderElementsOf(CustomerFields.NAMES);
    }

    @Test
    void patchKeepsReplacesAndClearsEachField() {
        assertAll(FIELDS.entrySet().stream().map(field -> (Executable)
                () -> assertPatched(field.getKey(), field.getValue()[0], field.getValue()[1], field.getValue()[2])));
    }

    private void assertPatched(String field, String first, String second, String cleared) throws Exception {
        var id = tenant.create("{\"name\":\"Jane Smith\",\"" + field + "\":" + first + "}")
                .getString("id");
        assertThat(field(patchUnless(field.equals("address"), id, "{\"address\":\"elsewhere\"}"), field))
                .as(field + " absent")
                .isEqualTo(JSON.readTree(first));
        assertThat(field(patchUnless(false, id, "{\"" + field + "\":" + second + "}"), field))
                .as(field + " replaced")
                .isEqualTo(JSON.readTree(second));
        var after = patchUnless(false, id, "{\"" + field + "\":null}");
        assertThat(field(after, field)).as(field + " cleared").isEqualTo(JSON.readTree(cleared));
        assertThat(after.get("name").asText()).isEqualTo("Jane Smith");
        assertThat(after)
                .as("response equals stored customer")
                .isEqualTo(JSON.readTree(tenant.get(id).asString()));
    }

    private ObjectNode patchUnless(boolean skip, String id, String body) throws Exception {
        return (ObjectNode) JSON.readTree(
                skip
                        ? tenant.get(id).asString()
                        : tenant.json(body)
                                .patch(CUSTOMERS + "/" + id)
                                .then()
                                .statusCode(200)
                                .extract()
                                .asString());
    }

    private static JsonNode field(ObjectNode customer, String field) {
        return customer.get(field);
    }

    @Test
    void patchMergesObjectMembers() {
        var id = tenant.create("""
                {"name":"J","preferences":{"newsletter":true,"whatsapp":true},
                 "attributes":{"a":1,"b":{"c":2,"d":3}}}""").getString("id");

        var changed =
                tenant.patch(id, "{\"preferences\":{\"whatsapp\":false},\"attributes\":{\"a\":null,\"b\":{\"c\":4}}}");

        assertThat(changed.getBoolean("preferences.newsletter")).isTrue();
        assertThat(changed.getBoolean("preferences.whatsapp")).isFalse();
        assertThat(changed.<Map<String, Object>>get("attributes")).isEqualTo(Map.of("b", Map.of("c", 4, "d", 3)));
        assertThat(tenant.patch(id, "{\"preferences\":null}").<Boolean>get("preferences.newsletter"))
                .isNull();
    }

    @Test
    void patchUpdatesDerivedNamesOnly() {
        var id = tenant.createNamed("Jane Smith");
        var renamed = tenant.patch(id, "{\"name\":\"Maria de Souza\"}");

        assertThat(renamed.getString("first_name")).isEqualTo("Maria");
        assertThat(renamed.getString("last_name")).isEqualTo("de Souza");
        assertThat(tenant.patch(id, "{\"first_name\":\"Ana\"}").getString("name"))
                .isEqualTo("Ana de Souza");

        tenant.patch(id, "{\"name\":\"Dr. Ana de Souza\",\"first_name\":\"Ana\",\"last_name\":\"de Souza\"}");
        var independent = tenant.patch(id, "{\"name\":\"Prof. Ana de Souza\"}");
        assertThat(independent.getString("first_name")).isEqualTo("Ana");
        assertThat(tenant.patch(id, "{\"name\":null}").getString("name")).isEqualTo("Ana de Souza");
    }

    @Test
    void clearingTheOnlyNameReturns422() {
        var id = tenant.create("{\"type\":\"company\",\"name\":\"Acme\"}").getString("id");

        tenant.json("{\"name\":null}")
                .patch(CUSTOMERS + "/" + id)
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/name"))
                .body("errors[0].code", equalTo("required"));
    }

    @Test
    void newDocumentChangesDocumentType() {
        var id = tenant.create("{\"name\":\"J\",\"document\":\"529.982.247-25\"}")
                .getString("id");
        var changed = tenant.patch(id, "{\"document\":\"12.ABC.345/01DE-35\"}");

        assertThat(changed.getString("document_type")).isEqualTo("cnpj");
        assertThat(changed.getBoolean("document_valid")).isTrue();
        assertThat(tenant.patch(id, "{\"document_type\":\"other\"}").getString("document_type"))
                .isEqualTo("other");
        assertThat(tenant.patch(id, "{\"document_type\":null}").getString("document_type"))
                .isEqualTo("cnpj");

        var cleared = tenant.patch(id, "{\"document\":null}");
        assertThat(cleared.getString("document_type")).isNull();
        assertThat(cleared.<Boolean>get("document_valid")).isNull();
        tenant.json("{\"document_type\":\"cpf\"}")
                .patch(CUSTOMERS + "/" + id)
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/document_type"));
    }

    private static Map.Entry<String, String[]> field(String name, String first, String second, String cleared) {
        return Map.entry(name, new String[] {first, second, cleared});
    }
}
