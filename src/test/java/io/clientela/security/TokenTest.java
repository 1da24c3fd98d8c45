package io.clientela.security;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;

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
    void es256TokenIsAccepted() {
        var token = TestTokens.es256(claims -> {
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "openid customers:read");
        });
        TestTenant.call(token).get(CUSTOMERS).then().statusCode(200);
    }

    @Test
    void scopeClaimMayBeList() {
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
    void rolesGrantScopes(String role, int read, int write, int administer) {
        var id = tenant.createNamed("Jane");
        var token = TestTokens.with(claims -> {
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringListClaim("groups", List.of("unknown-group", role));
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

    @Test
    void tokenForAnotherServiceReturns401() {
        var token = TestTokens.with(claims -> {
            claims.setAudience("another-service");
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "customers:read");
        });

        var response = TestTenant.call(token).get(CUSTOMERS);

        response.then().statusCode(401);
    }

    @Test
    void tokenWithoutAudienceReturns401() {
        var token = TestTokens.with(claims -> {
            claims.unsetClaim("aud");
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "customers:read");
        });

        var response = TestTenant.call(token).get(CUSTOMERS);

        response.then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "bearer x", "Bearer a b", "nonsense"})
    void malformedAuthorizationReturns401(String header) {
        given().header("Authorization", header).get(CUSTOMERS).then().statusCode(401);
    }
}
