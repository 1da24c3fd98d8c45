package io.clientela.account;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;

import io.clientela.support.TestTenant;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;

/** Customers of a new tenant who log in. */
final class AccountFixture {
    static final String PASSWORD = "correct horse battery";
    static final String ME_PASSWORD = CUSTOMERS + "/me/password";

    private final TestTenant tenant = TestTenant.fresh();

    TestTenant tenant() {
        return tenant;
    }

    static String newEmail() {
        return UUID.randomUUID() + "@example.com";
    }

    /** Creates a customer with this e-mail; returns its id. */
    String customer(String email) {
        return tenant.create("{\"name\":\"Jane Smith\",\"email\":\"" + email + "\"}")
                .getString("id");
    }

    /** Creates a customer with this e-mail and {@link #PASSWORD}; returns its id. */
    String customerWithPassword(String email) {
        var id = customer(email);
        setPassword(id, PASSWORD).then().statusCode(204);
        return id;
    }

    Response setPassword(String id, String password) {
        return tenant.json("{\"new_password\":\"" + password + "\"}").put(CUSTOMERS + "/" + id + "/password");
    }

    Response logIn(String email, String password) {
        return given().header("X-Tenant", tenant.name())
                .contentType("application/json")
                .body(credentials(email, password))
                .post("/v1/sessions");
    }

    /** Logs in with {@link #PASSWORD}; returns the token. */
    String token(String email) {
        return logIn(email, PASSWORD).then().statusCode(201).extract().path("access_token");
    }

    /** Returns a login as a request that threads can share. */
    HttpRequest loginRequest(String email, String password) {
        return HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/sessions"))
                .header("X-Tenant", tenant.name())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(credentials(email, password)))
                .build();
    }

    static String credentials(String email, String password) {
        return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
    }

    /** Sends a request to the customer's own door whose body is rejected with 422 if the token is accepted. */
    static Response probe(String token) {
        return TestTenant.call(token).contentType("application/json").body("{}").put(ME_PASSWORD);
    }

    Response changePassword(String token, String current, String next) {
        return TestTenant.call(token)
                .contentType("application/json")
                .body("{\"current_password\":\"" + current + "\",\"new_password\":\"" + next + "\"}")
                .put(ME_PASSWORD);
    }

    /** Issues a one-time token: {@code password-reset} or {@code email-verification}. */
    String oneTimeToken(String id, String purpose) {
        return tenant.call()
                .post(CUSTOMERS + "/" + id + "/" + purpose)
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    Response resetPassword(String token, String password) {
        return spend("/v1/password-resets", "{\"token\":\"" + token + "\",\"new_password\":\"" + password + "\"}");
    }

    Response verifyEmail(String token) {
        return spend("/v1/email-verifications", "{\"token\":\"" + token + "\"}");
    }

    private Response spend(String path, String body) {
        return given().header("X-Tenant", tenant.name())
                .contentType("application/json")
                .body(body)
                .post(path);
    }
}
