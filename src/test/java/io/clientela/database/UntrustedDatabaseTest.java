package io.clientela.database;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.TestLog;
import io.clientela.support.TestTenant;
import io.clientela.support.UntrustedDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(UntrustedDatabase.Profile.class)
class UntrustedDatabaseTest extends ApiTest {
    @Test
    void untrustedCertificateReturns503AndLogsWhatToDo() throws InterruptedException {
        try (var log = new TestLog()) {
            TestTenant.fresh()
                    .call()
                    .get(CUSTOMERS)
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "1")
                    .body("code", equalTo("unavailable"));

            assertThat(log.awaitLine("rejected with 503"))
                    .contains("SSL", "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS");
        }

        given().get("/q/health/ready").then().statusCode(503);
        given().get("/q/health/live").then().statusCode(200);
    }
}
