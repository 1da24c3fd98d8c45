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
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionTest extends ApiTest {
    private final AccountFixture accounts = new AccountFixture();

    @Test
    void loginReturnsTokenOfTheCustomer() {
        var email = newEmail();
        var id = accounts.customerWithPassword(email);

        var response = accounts.logIn(" " + email.toUpperCase(java.util.Locale.ROOT), PASSWORD)
                .then()
                .statusCode(201)
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(3600))
                .extract();

        assertThat(response.headers().getValues("Cache-Control")).containsExactly("no-store");
        String token = response.path("access_token");
        var claims = new JsonObject(
                new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
        assertThat(claims.getString("sub")).isEqualTo(id);
        assertThat(claims.getString("scope")).isEqualTo("customers:self");
        assertThat(claims.getString("tenant")).isEqualTo(accounts.tenant().name());
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(3600);
        assertThat(probe(token).statusCode()).isEqualTo(422);
        assertThat(TestTenant.call(token).get(CUSTOMERS).statusCode()).isEqualTo(403);
    }

    @Test
    void passwordIsComparedInNormalForm() {
        var email = newEmail();
        accounts.setPassword(accounts.customer(email), "caf\u00E9 \uFB01ne today")
                .then()
                .statusCode(204);

        assertThat(accounts.logIn(email, "cafe\u0301 fine today").statusCode()).isEqualTo(201);
        assertThat(accounts.logIn(email, "cafe fine today").statusCode()).isEqualTo(401);
    }

    /** The number of hashes stands for the time, which differs between machines. */
    @Test
    void everyRefusedLoginLooksAndCostsTheSame() {
        var wrong = newEmail();
        accounts.customerWithPassword(wrong);
        var without = newEmail();
        accounts.customer(without);
        var blocked = newEmail();
        block(accounts.customerWithPassword(blocked));
        var anonymized = newEmail();
        TestDatabase.execute(
                "UPDATE customer SET anonymized = true WHERE id = ?::uuid", accounts.customerWithPassword(anonymized));

        List<String> answers = new ArrayList<>();
        for (String email : List.of(newEmail(), wrong, without, blocked, anonymized)) {
            double before = hashes();
            var response = accounts.logIn(email, email.equals(wrong) ? "wrong password" : PASSWORD);
            assertThat(hashes() - before).isEqualTo(1);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
            answers.add(response.asString().replaceAll("\"request_id\":\"[^\"]*\"", ""));
        }

        assertThat(answers).containsOnly(answers.get(0));
        assertThat(answers.get(0)).contains("\"code\":\"invalid_credentials\"");
    }

    private static double hashes() {
        var line = given().get("/q/metrics")
                .asString()
                .lines()
                .filter(metric -> metric.startsWith("clientela_password_hashes_seconds_count"))
                .findFirst();
        return line.map(metric -> Double.parseDouble(metric.substring(metric.lastIndexOf(' '))))
                .orElse(0.0);
    }

    private void block(String id) {
        accounts.tenant()
                .json("{\"status\":\"blocked\"}")
                .put(CUSTOMERS + "/" + id + "/status")
                .then()
                .statusCode(200);
    }

    @Test
    void invalidLoginReturns422() {
        given().header("X-Tenant", accounts.tenant().name())
                .contentType("application/json")
                .body("{\"email\":\" \",\"remember\":true}")
                .post("/v1/sessions")
                .then()
                .statusCode(422)
                .body("errors.size()", equalTo(3));
        assertThat(accounts.logIn(newEmail(), "x".repeat(129)).statusCode()).isEqualTo(422);
    }

    @Test
    void loginWithoutTenantReturns400() {
        var login = AccountFixture.credentials(newEmail(), PASSWORD);
        given().contentType("application/json")
                .body(login)
                .post("/v1/sessions")
                .then()
                .statusCode(400)
                .body("code", equalTo("tenant_required"));
        given().header("X-Tenant", "no tenant")
                .contentType("application/json")
                .body(login)
                .post("/v1/sessions")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_header"));
    }

    /** Whatever token is sent with it: the header alone names the tenant. */
    @Test
    void loginIgnoresBearerToken() {
        var email = newEmail();
        accounts.customerWithPassword(email);

        for (String token : List.of("nonsense", TestTenant.fresh().token())) {
            TestTenant.call(token)
                    .header("X-Tenant", accounts.tenant().name())
                    .contentType("application/json")
                    .body(AccountFixture.credentials(email, PASSWORD))
                    .post("/v1/sessions")
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void elevenWrongPasswordsReturn429() {
        var email = newEmail();
        accounts.customerWithPassword(email);
        for (String refused : List.of(email, newEmail())) {
            for (int i = 0; i < 10; i++) {
                assertThat(accounts.logIn(refused, "wrong password").statusCode())
                        .isEqualTo(401);
            }

            var response = accounts.logIn(refused, PASSWORD);

            response.then().statusCode(429).body("code", equalTo("too_many_attempts"));
            assertThat(Integer.parseInt(response.header("Retry-After"))).isBetween(800, 900);
        }
        var other = newEmail();
        accounts.customerWithPassword(other);
        assertThat(accounts.logIn(other, PASSWORD).statusCode()).isEqualTo(201);

        TestDatabase.execute(
                "UPDATE failed_attempt SET since = since - interval '15 minutes' WHERE tenant_id = ?",
                accounts.tenant().name());
        assertThat(accounts.logIn(email, PASSWORD).statusCode()).isEqualTo(201);
    }

    @Test
    void concurrentWrongPasswordsAreLimited() {
        var email = newEmail();
        accounts.customerWithPassword(email);

        var responses = Parallel.send(20, i -> accounts.loginRequest(email, "wrong password"));

        assertThat(responses.stream().filter(response -> response.statusCode() == 401))
                .hasSizeLessThanOrEqualTo(10);
        assertThat(responses.stream().filter(response -> response.statusCode() == 429))
                .hasSizeGreaterThanOrEqualTo(1);
        assertThat(responses.stream().map(response -> response.statusCode())).containsOnly(401, 429);
    }

    @Test
    void rightPasswordsAreNotCounted() {
        var email = newEmail();
        accounts.customerWithPassword(email);
        for (int i = 0; i < 9; i++) {
            accounts.logIn(email, "wrong password");
        }
        for (int i = 0; i < 12; i++) {
            assertThat(accounts.logIn(email, PASSWORD).statusCode()).isEqualTo(201);
        }

        assertThat(accounts.logIn(email, "wrong password").statusCode()).isEqualTo(401);
        assertThat(TestDatabase.column(
                        "SELECT kind || ' ' || count FROM failed_attempt WHERE tenant_id = ? ORDER BY kind",
                        accounts.tenant().name()))
                .containsExactly("account 1", "address 10");
    }

    @Test
    void addressIsLimitedWhateverTheAccount() {
        accounts.logIn(newEmail(), "wrong password");
        TestDatabase.execute(
                "UPDATE failed_attempt SET count = 100 WHERE tenant_id = ? AND kind = 'address'",
                accounts.tenant().name());

        accounts.logIn(newEmail(), "wrong password").then().statusCode(429).body("code", equalTo("too_many_attempts"));
    }

    @Test
    void currentPasswordIsLimitedToo() {
        var email = newEmail();
        accounts.customerWithPassword(email);
        var token = accounts.token(email);
        for (int i = 0; i < 10; i++) {
            assertThat(accounts.changePassword(token, "wrong password", "a new password")
                            .statusCode())
                    .isEqualTo(422);
        }

        accounts.changePassword(token, PASSWORD, "a new password")
                .then()
                .statusCode(429)
                .body("code", equalTo("too_many_attempts"));
    }

    @Test
    void passwordChangeEndsAllSessions() {
        var email = newEmail();
        var id = accounts.customerWithPassword(email);
        var own = accounts.token(email);
        var issued = issuedAgo(id, 60);
        assertThat(probe(issued).statusCode()).isEqualTo(401);
        assertThat(probe(issuedAgo(id, -1)).statusCode()).isEqualTo(422);
        assertThat(probe(own).statusCode()).isEqualTo(422);

        accounts.setPassword(id, "another password").then().statusCode(204);

        assertInvalid(own);
        assertInvalid(issued);
    }

    @Test
    void blockEndsAllSessions() {
        var email = newEmail();
        var id = accounts.customerWithPassword(email);
        var own = accounts.token(email);

        block(id);
        probe(own).then().statusCode(403).body("code", equalTo("account_blocked"));

        accounts.tenant().patch(id, "{\"status\":\"active\"}");
        assertInvalid(own);
        assertThat(probe(accounts.token(email)).statusCode()).isEqualTo(422);
    }

    @Test
    void blockEndsTokensOfOtherIssuers() {
        var id = accounts.customer(newEmail());
        var token = issuedAgo(id, 60);
        assertThat(probe(token).statusCode()).isEqualTo(422);

        block(id);
        probe(token).then().statusCode(403).body("code", equalTo("account_blocked"));

        accounts.tenant().patch(id, "{\"status\":\"inactive\"}");
        assertInvalid(token);
    }

    @Test
    void anonymizedCustomerReturns403() {
        var email = newEmail();
        var id = accounts.customerWithPassword(email);
        var token = accounts.token(email);

        TestDatabase.execute("UPDATE customer SET anonymized = true WHERE id = ?::uuid", id);

        probe(token).then().statusCode(403).body("code", equalTo("account_blocked"));
        accounts.setPassword(id, PASSWORD).then().statusCode(409).body("code", equalTo("customer_anonymized"));
    }

    @Test
    void tokenOfNobodyReturns401() {
        var email = newEmail();
        var id = accounts.customerWithPassword(email);
        var token = accounts.token(email);
        accounts.tenant().call().delete(CUSTOMERS + "/" + id).then().statusCode(204);

        assertInvalid(token);
        assertInvalid(accounts.tenant().name(), UUID.randomUUID().toString());
        assertInvalid(accounts.tenant().name(), "tester");
        assertInvalid(TestTenant.fresh().name(), accounts.customer(newEmail()));
    }

    @Test
    void tokenOfAnotherLocationReturns401() {
        var id = accounts.tenant()
                .create("{\"name\":\"Jane\",\"location_id\":\"here\"}")
                .getString("id");

        assertThat(probe(atLocation(id, "here")).statusCode()).isEqualTo(422);
        assertInvalid(atLocation(id, "elsewhere"));
    }

    private String atLocation(String id, String location) {
        return TestTokens.with(claims -> {
            claims.setSubject(id);
            claims.setStringClaim("tenant", accounts.tenant().name());
            claims.setStringClaim("scope", "customers:self");
            claims.setStringClaim("location", location);
        });
    }

    /** Returns a token of the trusted issuer, which knows nothing of sessions. */
    private String issuedAgo(String id, long seconds) {
        return TestTokens.with(claims -> {
            claims.setSubject(id);
            claims.setStringClaim("tenant", accounts.tenant().name());
            claims.setStringClaim("scope", "customers:self");
            claims.setIssuedAt(NumericDate.fromSeconds(NumericDate.now().getValue() - seconds));
        });
    }

    private static void assertInvalid(String tenant, String subject) {
        assertInvalid(TestTokens.of(tenant, subject, "customers:self"));
    }

    private static void assertInvalid(String token) {
        probe(token)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                .body("code", equalTo("invalid_token"));
    }
}
