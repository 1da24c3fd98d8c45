package io.clientela.dialect.storefront;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.clientela.dialect.ExampleShape;
import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operations of a storefront's customers. */
@QuarkusTest
class OwnStorefrontTest extends ApiTest {
    private static final String ME = "/api/customers/me";
    private static final String PASSWORD = "correct horse battery";

    private final TestTenant tenant = TestTenant.fresh();
    private JsonPath jane;
    private String token;

    @BeforeEach
    void createCustomer() {
        jane = tenant.create("{\"name\":\"Jane Smith\",\"email\":\"jane@example.com\",\"notes\":\"n\"}");
        token = TestTokens.of(tenant.name(), jane.getString("id"), "customers:self");
    }

    private ValidatableResponse get(String path) {
        return TestTenant.call(token).get(ME + path).then();
    }

    private ValidatableResponse put(String path, String body) {
        return TestTenant.call(token)
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .put(ME + path)
                .then();
    }

    private Response logIn(String password) {
        return given().header("X-Tenant", tenant.name())
                .contentType("application/json")
                .body("{\"email\":\"jane@example.com\",\"password\":\"" + password + "\"}")
                .post("/v1/sessions");
    }

    private void logInWithPassword() {
        tenant.json("{\"new_password\":\"" + PASSWORD + "\"}")
                .put(CUSTOMERS + "/" + jane.getString("id") + "/password")
                .then()
                .statusCode(204);
        token = logIn(PASSWORD).then().statusCode(201).extract().path("access_token");
    }

    private ValidatableResponse own() {
        return tenant.get(jane.getString("id")).then();
    }

    @Test
    void profileIsAsDocumented() {
        var answer = get("").statusCode(200)
                .body("id", equalTo(jane.getInt("number")))
                .body("email", equalTo("jane@example.com"))
                .body("first_name", equalTo("Jane"))
                .body("last_name", equalTo("Smith"))
                .body("phone", nullValue())
                .body("email_verified", equalTo(false))
                .extract()
                .asString();

        ExampleShape.of("storefront/profile").ofPlaceholders().assertMatches(answer);
    }

    @Test
    void updateIsAsDocumented() {
        var answer = put("", "{'first_name':null,'last_name':null,'phone':null,'email':null}")
                .statusCode(200)
                .extract()
                .asString();

        ExampleShape.of("storefront/profile").ofPlaceholders().assertMatches(answer);
        own().body("version", equalTo(1));
    }

    @Test
    void updateChangesOnlySentFields() {
        put("", "{'first_name':'Joan','phone':'+55 11 99999-8888','email':'joan@example.com'}")
                .statusCode(200)
                .body("first_name", equalTo("Joan"))
                .body("last_name", equalTo("Smith"))
                .body("phone", equalTo("+55 11 99999-8888"))
                .body("email", equalTo("joan@example.com"));
        put("", "{'phone':''}").statusCode(200).body("phone", nullValue());

        own().body("name", equalTo("Joan Smith")).body("notes", equalTo("n"));
        tenant.call()
                .get(CUSTOMERS + "/" + jane.getString("id") + "/history")
                .then()
                .body("data[0].actor", equalTo(jane.getString("id")))
                .body("data[0].details.dialect", equalTo("storefront"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'email':'x'}         | email     | value_error     | must be an e-mail address",
                "{'email':''}          | email     | missing         | is required",
                "{'phone':'x'}         | phone     | value_error     | is not a phone number",
                "{'notes':'x'}         | notes     | extra_forbidden | is not a field",
                "{'is_active':true}    | is_active | extra_forbidden | is not a field"
            })
    void invalidFieldReturns422(String body, String field, String type, String message) {
        put("", body)
                .statusCode(422)
                .body("detail.size()", equalTo(1))
                .body("detail[0].loc", contains("body", field))
                .body("detail[0].type", equalTo(type))
                .body("detail[0].msg", startsWith(message));
    }

    @Test
    void preferencesAreAsDocumented() {
        var unknown = get("/preferences").statusCode(200).extract().asString();
        ExampleShape.of("storefront/preferences").ofPlaceholders().assertMatches(unknown);

        var all = put("/preferences", "{'order_updates':true,'promotions':true,'newsletter':true}")
                .statusCode(200)
                .extract()
                .asString();

        ExampleShape.of("storefront/preferences").assertMatches(all);
        get("/preferences").body("newsletter", equalTo(true));
    }

    @Test
    void preferencesLeaveOthersAsTheyAre() {
        tenant.patch(jane.getString("id"), "{\"preferences\":{\"promotions\":true,\"whatsapp\":true}}");

        put("/preferences", "{'newsletter':true,'order_updates':null}")
                .statusCode(200)
                .body("order_updates", equalTo(false))
                .body("promotions", equalTo(true))
                .body("newsletter", equalTo(true));

        own().body("preferences.order_updates", nullValue())
                .body("preferences.promotions", equalTo(true))
                .body("preferences.newsletter", equalTo(true))
                .body("preferences.whatsapp", equalTo(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'newsletter':'yes'} | newsletter | type_error",
                "{'whatsapp':true}    | whatsapp   | extra_forbidden"
            })
    void invalidPreferenceReturns422(String body, String field, String type) {
        put("/preferences", body)
                .statusCode(422)
                .body("detail[0].loc", contains("body", field))
                .body("detail[0].type", equalTo(type));
    }

    @Test
    void changedPasswordEndsSession() {
        logInWithPassword();

        var answer = put("/password", "{'current_password':'" + PASSWORD + "','new_password':'another horse battery'}")
                .statusCode(200)
                .extract()
                .asString();

        ExampleShape.of("storefront/empty").assertMatches(answer);
        assertThat(answer).isEqualTo("{}");
        get("").statusCode(401).body("detail", equalTo("Not authenticated"));
        logIn(PASSWORD).then().statusCode(401);
        logIn("another horse battery").then().statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'current_password':'wrong','new_password':'another horse battery'} | current_password | value_error",
                "{'current_password':'correct horse battery','new_password':'short'} | new_password     | value_error",
                "{'new_password':'another horse battery'}                            | current_password | missing",
            })
    void invalidPasswordReturns422(String body, String field, String type) {
        logInWithPassword();

        put("/password", body)
                .statusCode(422)
                .body("detail[0].loc", contains("body", field))
                .body("detail[0].type", equalTo(type));
        get("").statusCode(200);
    }

    @Test
    void deletedAccountIsErasedAndTokenDead() {
        logInWithPassword();

        var answer = TestTenant.call(token)
                .delete(ME)
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(answer).isEqualTo("{}");
        get("").statusCode(403).header("X-Problem-Code", "account_blocked");
        put("", "{'first_name':'Zombie'}").statusCode(403);
        logIn(PASSWORD).then().statusCode(401);
        own().body("anonymized", equalTo(true)).body("email", nullValue());
    }

    @Test
    void dataExportHasEverything() {
        get("/data-export")
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .body("customer_id", equalTo(jane.getString("id")))
                .body(containsString("jane@example.com"));
    }

    @Test
    void malformedJsonReturns422() {
        for (String path : new String[] {"", "/password", "/preferences"}) {
            put(path, "{").statusCode(422).body("detail[0].type", equalTo("json_invalid"));
        }
    }
}
