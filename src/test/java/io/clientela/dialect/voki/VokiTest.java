package io.clientela.dialect.voki;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.clientela.dialect.ExampleShape;
import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class VokiTest extends ApiTest {
    private static final String PATH = "/api/v1/customers";
    private static final String ANA = """
            {"customer": {"name": "Ana Costa", "email": "ana@email.com", "phone": "+5511977776655",
                          "document": "987.654.321-00"}}""";
    private static final String CARLOS = """
            {"customer": {"name": "Carlos Ferreira", "email": "carlos@email.com", "phone": "+5511999998888",
                          "document": "123.456.789-00", "notes": "Cliente preferencial"}}""";

    private final TestTenant tenant = TestTenant.fresh();

    private String create(String body) {
        return tenant.json(body).post(PATH).then().statusCode(201).extract().path("data.id");
    }

    private ValidatableResponse update(String id, String body) {
        return tenant.json(body).put(PATH + "/" + id).then();
    }

    private ValidatableResponse merge(String target, String source) {
        return tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(PATH + "/merge")
                .then();
    }

    private void call(String id, int count) {
        for (int i = 0; i < count; i++) {
            tenant.json("{\"direction\":\"inbound\",\"started_at\":\"2026-02-15T14:3" + i + ":00.123Z\"}")
                    .post(CUSTOMERS + "/" + id + "/calls")
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void listIsAsDocumented() {
        call(create(CARLOS), 5);
        create(ANA);

        var answer = tenant.call()
                .header("X-Tenant", tenant.name())
                .get(PATH + "?search=carlos&page=1")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        ExampleShape.of("voki/list").assertMatches(answer);
    }

    @Test
    void createIsAsDocumented() {
        var response = tenant.json(ANA)
                .header("X-Tenant", tenant.name())
                .post(PATH)
                .then()
                .statusCode(201)
                .extract();

        ExampleShape.of("voki/created").assertMatches(response.asString());
        tenant.call().get(response.header("Location")).then().statusCode(200).body(equalTo(response.asString()));
    }

    @Test
    void mergeIsAsDocumented() {
        var target = create(CARLOS);
        var source = create(ANA);
        call(target, 5);
        call(source, 2);

        var answer = merge(target, source).statusCode(200).extract().asString();

        ExampleShape.of("voki/merged").assertMatches(answer);
    }

    @Test
    void updateChangesOnlySentFields() {
        var id = create(CARLOS);
        tenant.patch(id, "{\"tags\":[\"a\"],\"attributes\":{\"x\":1},\"company_name\":\"ACME\"}");

        update(id, "{\"customer\":{\"notes\":\"VIP customer - priority treatment\",\"phone\":\"\"}}")
                .statusCode(200)
                .body("data.notes", equalTo("VIP customer - priority treatment"))
                .body("data.name", equalTo("Carlos Ferreira"))
                .body("data.phone", nullValue());

        tenant.get(id)
                .then()
                .body("tags", contains("a"))
                .body("attributes.x", equalTo(1))
                .body("company_name", equalTo("ACME"))
                .body("email", equalTo("carlos@email.com"));
    }

    @Test
    void deleteReturnsNothing() {
        var id = create(ANA);

        tenant.call().delete(PATH + "/" + id).then().statusCode(204).body(equalTo(""));

        tenant.call().get(PATH + "/" + id).then().statusCode(404).body("errors.detail", equalTo("Not Found"));
    }

    @Test
    void invalidDocumentIsAcceptedAndFlagged() {
        var id = create(CARLOS);

        tenant.get(id).then().body("document_valid", equalTo(false)).body("document_type", equalTo("cpf"));
    }

    @Test
    void mergedIdMeansSurvivor() {
        var target = create(CARLOS);
        var source = create(ANA);
        merge(target, source).statusCode(200);

        tenant.call()
                .redirects()
                .follow(false)
                .get(PATH + "/" + source)
                .then()
                .statusCode(200)
                .body("data.id", equalTo(target))
                .body("data.name", equalTo("Carlos Ferreira"));
        update(source, "{\"customer\":{\"notes\":\"by the old id\"}}")
                .statusCode(200)
                .body("data.id", equalTo(target))
                .body("data.notes", equalTo("by the old id"));
        tenant.call()
                .delete(PATH + "/" + source)
                .then()
                .statusCode(409)
                .header("X-Problem-Code", "merged")
                .body("errors.detail", containsString("merged into " + target));
        merge(target, source).statusCode(409).body("errors.detail", containsString("merged into " + target));
        tenant.get(target).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "name, asc, 'Ana,Bia,Caio'",
        "name, desc, 'Caio,Bia,Ana'",
        "email, asc, 'Caio,Bia,Ana'",
        "inserted_at, asc, 'Bia,Ana,Caio'",
        "inserted_at, desc, 'Caio,Ana,Bia'"
    })
    void listIsSorted(String by, String order, String names) {
        for (String name : List.of("Bia,m", "Ana,z", "Caio,a")) {
            var parts = name.split(",");
            create("{\"customer\":{\"name\":\"" + parts[0] + "\",\"email\":\"" + parts[1] + "@example.com\"}}");
        }

        var sorted = tenant.call()
                .get(PATH + "?sort_by=" + by + "&sort_order=" + order)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .<String>getList("data.name");

        assertThat(String.join(",", sorted)).isEqualTo(names);
    }

    @Test
    void listHasPages() {
        for (int i = 0; i < 5; i++) {
            create("{\"customer\":{\"name\":\"Ana " + i + "\"}}");
        }

        tenant.call()
                .get(PATH + "?page=2&page_size=2")
                .then()
                .body("data.name", contains("Ana 2", "Ana 3"))
                .body("meta.current_page", equalTo(2))
                .body("meta.page_size", equalTo(2))
                .body("meta.total_pages", equalTo(3))
                .body("meta.total_count", equalTo(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page_size=201", "sort_by=created_at", "sort_order=up", "surprise=1", "cursor=x"})
    void invalidParameterReturns400(String query) {
        tenant.call()
                .get(PATH + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/json")
                .header("X-Problem-Code", "invalid_parameter")
                .body("errors.detail", startsWith(query.split("=")[0] + " "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                            | customer | is required",
                "{'customer':[]}                               | customer | must be an object",
                "{'customer':{}}                               | name     | is required",
                "{'customer':{'name':null}}                    | name     | is required",
                "{'customer':{'name':''}}                      | name     | is required",
                "{'customer':{'name':1}}                       | name     | must be a string",
                "{'customer':{'name':'A'},'nmae':1}            | nmae     | is not a field",
                "{'customer':{'name':'A','tags':['a']}}        | tags     | is not a field",
                "{'customer':{'name':'A','email':'x'}}         | email    | must be an e-mail address",
                "{'customer':{'name':'A','phone':'x'}}         | phone    | is not a phone number",
                "{'customer':{'name':'A','document':'--'}}     | document | must contain a letter or digit"
            })
    void invalidFieldReturns422(String body, String field, String message) {
        tenant.json(body.replace('\'', '"'))
                .post(PATH)
                .then()
                .statusCode(422)
                .header("X-Problem-Code", "validation_failed")
                .body("errors.keySet()", contains(field))
                .body("errors." + field + ".size()", equalTo(1))
                .body("errors." + field + "[0]", startsWith(message));
    }

    @Test
    void everyInvalidFieldIsListed() {
        tenant.json("{\"customer\":{\"email\":\"x\",\"phone\":\"y\",\"x\":1}}")
                .post(PATH)
                .then()
                .statusCode(422)
                .body("errors.keySet().sort()", contains("email", "name", "phone", "x"));
    }

    @Test
    void nameCannotBeCleared() {
        update(create(ANA), "{\"customer\":{\"name\":null}}")
                .statusCode(422)
                .body("errors.name[0]", equalTo("is required"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                   | target_id",
                "{'target_id':'x','source_ids':['$']} | target_id",
                "{'target_id':'$','source_ids':[]}    | source_ids",
                "{'target_id':'$','source_ids':['$']} | source_ids",
                "{'target_id':'$','source_ids':['01a206b1-07c5-75e2-9203-3557b63c9ad8']} | source_ids",
                "{'target_id':'$','source_ids':['01a206b1-07c5-75e2-9203-3557b63c9ad8'],'prefer':{}} | prefer"
            })
    void invalidMergeReturns422(String body, String field) {
        var id = create(ANA);

        tenant.json(body.replace('\'', '"').replace("$", id))
                .post(PATH + "/merge")
                .then()
                .statusCode(422)
                .body("errors." + field + "[0]", notNullValue());
    }

    @Test
    void rolesAreAsDocumented() {
        var target = create(CARLOS);
        var source = create(ANA);
        var body = "{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}";

        as("attendant").get(PATH + "/" + target).then().statusCode(200);
        as("attendant")
                .contentType("application/json")
                .body(body)
                .post(PATH + "/merge")
                .then()
                .statusCode(403)
                .header("X-Problem-Code", "insufficient_scope")
                .body("errors.detail", containsString("customers:merge"));
        as("supervisor")
                .contentType("application/json")
                .body(body)
                .post(PATH + "/merge")
                .then()
                .statusCode(200);
    }

    private RequestSpecification as(String role) {
        return TestTenant.call(TestTokens.with(claims -> {
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringListClaim("groups", role);
        }));
    }

    @Test
    void apiKeyIsBearerToken() {
        create(ANA);

        TestTenant.call(tenant.apiKey("customers:read"))
                .get(PATH)
                .then()
                .statusCode(200)
                .body("meta.total_count", equalTo(1));
    }

    @Test
    void idempotencyKeyReplaysResponse() {
        var key = UUID.randomUUID().toString();
        var first = tenant.json(ANA)
                .header("Idempotency-Key", key)
                .post(PATH)
                .then()
                .statusCode(201);

        tenant.json(ANA)
                .header("Idempotency-Key", key)
                .post(PATH)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body(equalTo(first.extract().asString()));
        tenant.json(CARLOS)
                .header("Idempotency-Key", key)
                .post(PATH)
                .then()
                .statusCode(422)
                .header("X-Problem-Code", "idempotency_key_reused")
                .body("errors.detail", containsString("Idempotency-Key"));
    }

    @Test
    void historyNamesDialect() {
        var id = create(ANA);
        update(id, "{\"customer\":{\"notes\":\"x\"}}").statusCode(200);
        tenant.patch(id, "{\"notes\":\"y\"}");

        tenant.call()
                .get(CUSTOMERS + "/" + id + "/history")
                .then()
                .body("data.details[0]", anEmptyMap())
                .body("data.details[1].dialect", equalTo("voki"))
                .body("data.details[2].dialect", equalTo("voki"));
    }

    @Test
    void deleteRuleReturns409() {
        var id = create(ANA);
        tenant.json("{\"number\":\"1\",\"total\":1}")
                .post(CUSTOMERS + "/" + id + "/orders")
                .then()
                .statusCode(201);

        tenant.call()
                .delete(PATH + "/" + id)
                .then()
                .statusCode(409)
                .header("X-Problem-Code", "delete_refused")
                .body("errors.detail", containsString("forbid the delete"));
    }

    @Test
    void requestWithoutTokenReturns401() {
        given().get(PATH)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .header("X-Problem-Code", "unauthenticated")
                .body("errors.detail", startsWith("Send a token"));
    }
}
