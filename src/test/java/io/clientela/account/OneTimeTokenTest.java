package io.clientela.account;

import static io.clientela.account.AccountFixture.PASSWORD;
import static io.clientela.account.AccountFixture.newEmail;
import static io.clientela.account.AccountFixture.probe;
import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class OneTimeTokenTest extends ApiTest {
    private static final String RESET = "password-reset";
    private static final String VERIFICATION = "email-verification";

    private final AccountFixture accounts = new AccountFixture();

    @Test
    void resetSetsPasswordAndEndsSessions() {
        var email = newEmail();
        var id = accounts.customerWithPassword(email);
        var session = accounts.token(email);

        accounts.resetPassword(accounts.oneTimeToken(id, RESET), "a new password")
                .then()
                .statusCode(204);

        assertThat(probe(session).statusCode()).isEqualTo(401);
        assertThat(accounts.logIn(email, PASSWORD).statusCode()).isEqualTo(401);
        assertThat(accounts.logIn(email, "a new password").statusCode()).isEqualTo(201);
        accounts.tenant()
                .call()
                .get(CUSTOMERS + "/" + id + "/history")
                .then()
                .body("data[0].type", equalTo("customer.password_changed"))
                .body("data[0].actor", equalTo(id));
    }

    @Test
    void resetSetsFirstPassword() {
        var email = newEmail();
        var token = accounts.oneTimeToken(accounts.customer(email), RESET);

        accounts.resetPassword(token, PASSWORD).then().statusCode(204);

        assertThat(accounts.logIn(email, PASSWORD).statusCode()).isEqualTo(201);
    }

    @Test
    void tokenIsUsedOnce() {
        var reset = accounts.oneTimeToken(accounts.customer(newEmail()), RESET);
        accounts.resetPassword(reset, PASSWORD).then().statusCode(204);
        assertInvalid(accounts.resetPassword(reset, PASSWORD));

        var verification = accounts.oneTimeToken(accounts.customer(newEmail()), VERIFICATION);
        accounts.verifyEmail(verification).then().statusCode(200);
        assertInvalid(accounts.verifyEmail(verification));
    }

    @Test
    void tokenIsUsedOnceByConcurrentRequests() {
        var token = accounts.oneTimeToken(accounts.customer(newEmail()), RESET);

        var responses = Parallel.send(6, i -> HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/password-resets"))
                .header("X-Tenant", accounts.tenant().name())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"token\":\"" + token + "\",\"new_password\":\"new password " + i + "\"}"))
                .build());

        assertThat(responses.stream().filter(response -> response.statusCode() == 204))
                .hasSize(1);
        assertThat(responses.stream().map(response -> response.statusCode())).containsOnly(204, 422);
    }

    @Test
    void weakPasswordDoesNotSpendToken() {
        var token = accounts.oneTimeToken(accounts.customer(newEmail()), RESET);
        accounts.resetPassword(token, "password")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/new_password"));

        accounts.resetPassword(token, PASSWORD).then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {RESET, VERIFICATION})
    void tokenIsVoidOnceEmailChanges(String purpose) {
        var id = accounts.customer(newEmail());
        var token = accounts.oneTimeToken(id, purpose);

        accounts.tenant().patch(id, "{\"email\":\"" + newEmail() + "\"}");

        assertInvalid(spend(purpose, token));
    }

    @ParameterizedTest
    @ValueSource(strings = {RESET, VERIFICATION})
    void newTokenReplacesEarlierOne(String purpose) {
        var id = accounts.customer(newEmail());
        var first = accounts.oneTimeToken(id, purpose);
        var second = accounts.oneTimeToken(id, purpose);

        assertInvalid(spend(purpose, first));
        assertThat(spend(purpose, second).statusCode()).isBetween(200, 204);
    }

    @ParameterizedTest
    @ValueSource(strings = {RESET, VERIFICATION})
    void tokenExpires(String purpose) {
        var id = accounts.customer(newEmail());
        var issued = accounts.tenant().call().post(CUSTOMERS + "/" + id + "/" + purpose);
        issued.then().statusCode(201).header("Cache-Control", "no-store");
        var lifetime = Duration.between(Instant.now(), Instant.parse(issued.path("expires_at")));
        assertThat(lifetime).isCloseTo(Duration.ofHours(purpose.equals(RESET) ? 1 : 24), Duration.ofMinutes(1));

        TestDatabase.execute("UPDATE customer_token SET expires_at = now() WHERE customer_id = ?::uuid", id);

        assertInvalid(spend(purpose, issued.path("token")));
    }

    @ParameterizedTest
    @ValueSource(strings = {RESET, VERIFICATION})
    void tokenIsOfOneTenantAndPurpose(String purpose) {
        var token = accounts.oneTimeToken(accounts.customer(newEmail()), purpose);

        assertInvalid(new AccountFixture().resetPassword(token, PASSWORD));
        assertInvalid(new AccountFixture().verifyEmail(token));
        assertInvalid(spend(purpose.equals(RESET) ? VERIFICATION : RESET, token));
        assertThat(spend(purpose, token).statusCode()).isBetween(200, 204);
    }

    @ParameterizedTest
    @ValueSource(strings = {RESET, VERIFICATION})
    void tokenOfBlockedCustomerReturns403(String purpose) {
        var id = accounts.customer(newEmail());
        var token = accounts.oneTimeToken(id, purpose);
        accounts.tenant().patch(id, "{\"status\":\"blocked\"}");

        spend(purpose, token).then().statusCode(403).body("code", equalTo("account_blocked"));
        accounts.tenant()
                .call()
                .post(CUSTOMERS + "/" + id + "/" + purpose)
                .then()
                .statusCode(403)
                .body("code", equalTo("account_blocked"));
    }

    @ParameterizedTest
    @ValueSource(strings = {RESET, VERIFICATION})
    void customerWithoutEmailReturns409(String purpose) {
        var id = accounts.tenant().createNamed("Jane");

        accounts.tenant()
                .call()
                .post(CUSTOMERS + "/" + id + "/" + purpose)
                .then()
                .statusCode(409)
                .body("code", equalTo("email_required"));
    }

    @Test
    void verificationMarksEmailAndReturnsProfile() {
        var id = accounts.tenant()
                .create("{\"name\":\"Jane\",\"email\":\"" + newEmail() + "\",\"notes\":\"secret\",\"tags\":[\"x\"]}")
                .getString("id");

        var profile = accounts.verifyEmail(accounts.oneTimeToken(id, VERIFICATION))
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("email_verified", equalTo(true))
                .extract()
                .asString();

        assertThat(profile).doesNotContain("secret", "tags", "notes", "segment");
        accounts.tenant()
                .call()
                .get(CUSTOMERS + "/" + id + "/history")
                .then()
                .body("data[0].actor", equalTo(id))
                .body("data[0].changes.email_verified.to", equalTo(true));
        accounts.tenant().patch(id, "{\"email\":\"" + newEmail() + "\"}");
        assertThat(accounts.tenant().get(id).<Boolean>path("email_verified")).isFalse();
    }

    @Test
    void missingTokenReturns422() {
        for (String path : new String[] {"/v1/password-resets", "/v1/email-verifications"}) {
            given().header("X-Tenant", accounts.tenant().name())
                    .contentType("application/json")
                    .body("{}")
                    .post(path)
                    .then()
                    .statusCode(422)
                    .body("errors.field.contains('/token')", equalTo(true));
        }
    }

    @Test
    void databaseHoldsNoToken() {
        var token = accounts.oneTimeToken(accounts.customer(newEmail()), RESET);

        assertThat(TestDatabase.column(
                        "SELECT t::text || encode(hash, 'escape') FROM customer_token t WHERE tenant_id = ?",
                        accounts.tenant().name()))
                .singleElement()
                .asString()
                .doesNotContain(token);
    }

    private Response spend(String purpose, String token) {
        return purpose.equals(RESET) ? accounts.resetPassword(token, PASSWORD) : accounts.verifyEmail(token);
    }

    private static void assertInvalid(Response response) {
        response.then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/token"))
                .body("errors[0].code", equalTo("invalid_token"));
    }
}
