package io.clientela.security;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TokenTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void ellipticCurveSignatureIsAccepted() {
        var token = TestTokens.es256(claims -> {
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "openid customers:read");
        });
        TestTenant.call(token).get(CUSTOMERS).then().statusCode(200);
    }

    @Test
    void scopeClaimMayBeTextOrArray() {
        var list = TestTokens.with(claims -> {
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringListClaim("scope", "customers:write", "customers:read");
        });
        TestTenant.call(list).get(CUSTOMERS).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "attendant, 200, 201, 403",
        "supervisor, 200, 201, 403",
        "admin, 200, 201, 200",
        "stranger, 403, 403, 403"
    })
    void rolesAreBundlesOfScopes(String role, int read, int write, int administer) {
        var id = tenant.createNamed("Jane");
        var token = TestTokens.with(claims -> {
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringListClaim("groups", List.of("somebody-elses-group", role));
        });
        TestTenant.call(token).get(CUSTOMERS).then().statusCode(read);
        TestTenant.call(token)
                .contentType("application/json")
                .body("{\"name\":\"X\"}")
                .post(CUSTOMERS)
                .then()
                .statusCode(write);
        TestTenant.call(token)
                .contentType("application/json")
                .body("{\"role\":\"r\"}")
                .put(CUSTOMERS + "/" + id + "/role")
                .then()
                .statusCode(administer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sales admin", "admin sales", "Admin", "admin ", "admin,sales"})
    void groupIsOneWholeName(String group) {
        for (Object claim : List.of(group, List.of(group))) {
            var token = TestTokens.with(claims -> {
                claims.setStringClaim("tenant", tenant.name());
                claims.setClaim("groups", claim);
            });

            TestTenant.call(token).get(CUSTOMERS).then().statusCode(403).body("code", equalTo("insufficient_scope"));
        }
    }

    @Test
    void groupsClaimMayBeOneString() {
        var token = TestTokens.with(claims -> {
            claims.setStringClaim("tenant", tenant.name());
            claims.setClaim("groups", "attendant");
        });

        TestTenant.call(token).get(CUSTOMERS).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "Bearer    ", "nonsense", "Bearerx y"})
    void authorizationWithoutBearerTokenIsUnauthenticated(String header) {
        given().header("Authorization", header)
                .get(CUSTOMERS)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthenticated"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "bearer x", "Bearer a b"})
    void bearerTokenThatIsNoneIsInvalid(String header) {
        given().header("Authorization", header)
                .get(CUSTOMERS)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                .body("code", equalTo("invalid_token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "Bearer    "})
    void bearerSchemeIgnoresCaseAndSpaces(String scheme) {
        given().header("Authorization", scheme + tenant.token())
                .get(CUSTOMERS)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "X-Tenant", "X-Location"})
    void repeatedHeaderReturns400(String header) {
        var value = header.equals("Authorization") ? "Bearer " + tenant.token() : tenant.name();
        var first = header.equals("Authorization") ? given() : tenant.call();

        first.header(header, value)
                .header(header, value)
                .get(CUSTOMERS)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_header"))
                .body("errors[0].field", equalTo(header));
    }
}
