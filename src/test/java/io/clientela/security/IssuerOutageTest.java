package io.clientela.security;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.IssuerByUrlProfile;
import io.clientela.support.TestIssuer;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(IssuerByUrlProfile.class)
class IssuerOutageTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void serviceIsReadyOnceKeysWereHad() throws InterruptedException {
        assertReady(503, "DOWN");
        tenant.call()
                .get(CUSTOMERS)
                .then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("code", equalTo("unavailable"));

        TestIssuer.setUp(true);
        TimeUnit.SECONDS.sleep(6);
        tenant.call().get(CUSTOMERS).then().statusCode(200);
        assertReady(200, "UP");

        TestIssuer.setUp(false);
        tenant.callWith("customers:read").get(CUSTOMERS).then().statusCode(200);
        assertReady(200, "UP");
    }

    private static void assertReady(int status, String state) {
        given().get("/q/health/ready")
                .then()
                .statusCode(status)
                .body("checks.find { it.name == 'issuer-keys' }.status", equalTo(state));
    }
}
