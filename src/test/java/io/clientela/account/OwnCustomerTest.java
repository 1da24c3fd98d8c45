package io.clientela.account;

import static io.clientela.account.AccountFixture.PASSWORD;
import static io.clientela.account.AccountFixture.newEmail;
import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OwnCustomerTest extends ApiTest {
    private static final String ME = CUSTOMERS + "/me";

    private static final Set<String> OF_THE_BUSINESS =
            Set.of("notes", "tags", "source", "utm", "attributes", "cluster_id", "segment", "value");

    private final AccountFixture accounts = new AccountFixture();
    private final TestTenant tenant = accounts.tenant();

    private RequestSpecification as(String id) {
        return TestTenant.call(token(id));
    }

    private RequestSpecification as(String id, String body) {
        return as(id).contentType("application/json").body(body);
    }

    private String token(String id) {
        return TestTokens.of(tenant.name(), id, "customers:self");
    }

    private ValidatableResponse history(String id) {
        return tenant.call().get(CUSTOMERS + "/" + id + "/history").then();
    }

    @Test
    void profileIsCustomerWithoutFieldsOfTheBusiness() {
        var id = tenant.create(
                        "{\"name\":\"Jane Smith\",\"email\":\"" + newEmail() + "\",\"notes\":\"n\","
                                + "\"tags\":[\"t\"],\"source\":\"s\",\"utm\":{\"source\":\"u\"},\"attributes\":{\"a\":1},\"value\":5}")
                .getString("id");
        Map<String, Object> expected = tenant.get(id).jsonPath().getMap("$");
        expected.keySet().removeAll(OF_THE_BUSINESS);

        var response = as(id).get(ME).then().statusCode(200);

        assertThat(response.extract().jsonPath().<String, Object>getMap("$")).isEqualTo(expected);
        response.header("ETag", equalTo("\"1\""));
        as(id).header("If-None-Match", "\"1\"").get(ME).then().statusCode(304);
    }

    @Test
    void documentedProfileHasTheFieldsOfTheAnswer() {
        var id = accounts.customer(newEmail());

        assertThat(RestAssured.given()
                        .accept("application/json")
                        .get("/q/openapi")
                        .jsonPath()
                        .<String, Object>getMap("components.schemas.OwnCustomer.properties")
                        .keySet())
                .isEqualTo(as(id).get(ME).jsonPath().<String, Object>getMap("$").keySet());
    }

    @Test
    void profileIsChangedByTheCustomer() {
        var id = accounts.customer(newEmail());
        var patch = "{\"first_name\":\"Joan\",\"last_name\":null,\"name\":\"Joan\",\"phone\":\"+55 11 99999-8888\","
                + "\"birthday\":\"1990-01-31\",\"preferences\":{\"newsletter\":true}}";

        as(id, patch)
                .patch(ME)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("name", equalTo("Joan"))
                .body("phone", equalTo("+55 11 99999-8888"))
                .body("preferences.newsletter", equalTo(true))
                .body("containsKey('notes')", equalTo(false));

        history(id).body("data[0].actor", equalTo(id)).body("data[0].type", equalTo("customer.updated"));
        as(id, "{\"phone\":null}").put(ME).then().statusCode(200).body("phone", nullValue());
        as(id, "{\"name\":\"Late\"}")
                .header("If-Match", "\"2\"")
                .patch(ME)
                .then()
                .statusCode(412);
    }

    @Test
    void everyOtherFieldReturns422() {
        var id = accounts.customer(newEmail());
        var fields = Set.of(
                "external_id",
                "type",
                "status",
                "role",
                "document",
                "document_type",
                "state_registration",
                "source",
                "tags",
                "location_id",
                "cluster_id",
                "value",
                "auto_payment",
                "notes",
                "social",
                "utm",
                "attributes",
                "email_verified",
                "anonymized",
                "id",
                "unheard_of");
        var body = fields.stream().map(field -> "\"" + field + "\":null").collect(Collectors.joining(",", "{", "}"));

        as(id, body)
                .patch(ME)
                .then()
                .statusCode(422)
                .body(
                        "errors.field",
                        containsInAnyOrder(
                                fields.stream().map(field -> "/" + field).toArray()))
                .body("errors.code.unique()", equalTo(java.util.List.of("unknown_field")));
        as(id, "{\"email\":\"no e-mail\",\"tags\":[\"x\"],\"name\":\"\"}")
                .patch(ME)
                .then()
                .statusCode(422)
                .body("errors.field", containsInAnyOrder("/email", "/tags", "/name"));
        assertThat(tenant.get(id).<Integer>path("version")).isEqualTo(1);
    }

    @Test
    void newEmailIsNotVerified() {
        var email = newEmail();
        var id = accounts.customerWithPassword(email);
        accounts.verifyEmail(accounts.oneTimeToken(id, "email-verification"))
                .then()
                .statusCode(200);
        var token = accounts.token(email);
        TestTenant.call(token).get(ME).then().body("email_verified", equalTo(true));
        var other = newEmail();

        TestTenant.call(token)
                .contentType("application/json")
                .body("{\"email\":\"" + other + "\"}")
                .patch(ME)
                .then()
                .statusCode(200)
                .body("email_verified", equalTo(false));

        assertThat(accounts.logIn(email, PASSWORD).statusCode()).isEqualTo(401);
        assertThat(accounts.logIn(other, PASSWORD).statusCode()).isEqualTo(201);
    }

    @Test
    void emailOfAnotherLoginReturns409() {
        var taken = newEmail();
        accounts.customerWithPassword(taken);
        var email = newEmail();
        accounts.customerWithPassword(email);

        TestTenant.call(accounts.token(email))
                .contentType("application/json")
                .body("{\"email\":\"" + taken + "\"}")
                .patch(ME)
                .then()
                .statusCode(409)
                .body("code", equalTo("duplicate_login"));
    }

    @Test
    void preferencesAreChangedByTheCustomer() {
        var id = tenant.create("{\"name\":\"Jane\",\"preferences\":{\"promotions\":true,\"whatsapp\":true}}")
                .getString("id");

        as(id, "{\"promotions\":false,\"newsletter\":true,\"whatsapp\":null}")
                .put(ME + "/preferences")
                .then()
                .statusCode(200)
                .body("promotions", equalTo(false))
                .body("newsletter", equalTo(true))
                .body("whatsapp", nullValue());

        as(id).get(ME + "/preferences")
                .then()
                .statusCode(200)
                .body("promotions", equalTo(false))
                .body("order_updates", nullValue());
        history(id)
                .body("data[0].actor", equalTo(id))
                .body("data[0].changes.preferences.from.promotions", equalTo(true));
        as(id, "{\"promotions\":\"yes\",\"fax\":true}")
                .patch(ME + "/preferences")
                .then()
                .statusCode(422)
                .body("errors.field", containsInAnyOrder("/promotions", "/fax"));
    }

    @Test
    void concurrentChangesOfPreferencesAreAllMade() {
        var id = tenant.createNamed("Jane");
        var names = java.util.List.of("order_updates", "promotions", "newsletter", "whatsapp");

        var responses = Parallel.sendUntilServed(4, i -> HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + ME + "/preferences"))
                .header("Authorization", "Bearer " + token(id))
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"" + names.get(i) + "\":true}"))
                .build());

        assertThat(responses)
                .allSatisfy(response -> assertThat(response.statusCode()).isEqualTo(200));
        assertThat(as(id).get(ME + "/preferences")
                        .jsonPath()
                        .<String, Boolean>getMap("$")
                        .values())
                .containsOnly(true);
    }

    @Test
    void addressesAreThoseOfTheCustomer() {
        var id = tenant.createNamed("Jane");
        var other = tenant.createNamed("Joan");
        var foreign = tenant.json("{\"line1\":\"Foreign\"}")
                .post(CUSTOMERS + "/" + other + "/addresses")
                .jsonPath()
                .getString("id");

        var added = as(id, "{\"line1\":\"Av. Paulista, 1000\"}")
                .post(ME + "/addresses")
                .then()
                .statusCode(201)
                .body("is_default", equalTo(true))
                .extract();
        String path = ME + "/addresses/" + added.<String>path("id");
        assertThat(added.header("Location")).endsWith(path);

        as(id).get(ME + "/addresses").then().body("data.line1", equalTo(java.util.List.of("Av. Paulista, 1000")));
        as(id, "{\"line1\":\"Rua Augusta, 1\"}").patch(path).then().statusCode(200);
        history(id).body("data[0].actor", equalTo(id));
        as(id).delete(path).then().statusCode(204);
        as(id).get(path).then().statusCode(404);
        for (String method : java.util.List.of("GET", "DELETE")) {
            as(id).request(method, ME + "/addresses/" + foreign).then().statusCode(404);
        }
        as(id, "{\"line1\":\"Mine\"}")
                .patch(ME + "/addresses/" + foreign)
                .then()
                .statusCode(404);
        tenant.call()
                .get(CUSTOMERS + "/" + other + "/addresses/" + foreign)
                .then()
                .body("line1", equalTo("Foreign"));
    }

    @Test
    void addressIsAddedOnceForEachIdempotencyKey() {
        var id = tenant.createNamed("Jane");
        for (int i = 0; i < 2; i++) {
            as(id, "{\"line1\":\"Av. Paulista, 1000\"}")
                    .header("Idempotency-Key", "k")
                    .post(ME + "/addresses")
                    .then()
                    .statusCode(201);
        }

        as(id).get(ME + "/addresses").then().body("data.size()", equalTo(1));
    }

    @Test
    void ordersAreReadOnly() {
        var id = tenant.createNamed("Jane");
        var order = tenant.json("{\"number\":\"7\",\"total\":12.5}")
                .post(CUSTOMERS + "/" + id + "/orders")
                .jsonPath()
                .getString("id");

        as(id).get(ME + "/orders").then().statusCode(200).body("data.number", equalTo(java.util.List.of("7")));
        as(id).get(ME + "/orders/" + order).then().statusCode(200).body("total", equalTo(12.5f));
        as(id, "{\"number\":\"8\",\"total\":1}")
                .post(ME + "/orders")
                .then()
                .statusCode(405)
                .header("Allow", equalTo("GET"));
        as(id, "{\"total\":1}").patch(ME + "/orders/" + order).then().statusCode(405);
        as(tenant.createNamed("Joan")).get(ME + "/orders/" + order).then().statusCode(404);
    }
}
