package io.clientela.tenancy;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TenancyTest extends ApiTest {
    private static final String[] READ_WRITE = {"customers:read", "customers:write"};

    private static String token(Object tenantClaim, String location) {
        return TestTokens.with(claims -> {
            claims.setSubject("tester");
            claims.setClaim("scope", List.of(READ_WRITE));
            if (tenantClaim != null) {
                claims.setClaim("tenant", tenantClaim);
            }
            if (location != null) {
                claims.setClaim("location", location);
            }
        });
    }

    @Test
    void tokenWithoutTenantReturns403() {
        for (Object claim : new Object[] {null, "", "a b", List.of(), "x".repeat(65)}) {
            TestTenant.call(token(claim, null))
                    .get(CUSTOMERS)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("no_tenant"));
        }
        TestTenant.call(token(null, null))
                .header("X-Tenant", "acme")
                .get(CUSTOMERS)
                .then()
                .statusCode(403)
                .body("code", equalTo("no_tenant"));
    }

    @Test
    void headerSelectsTenantOfToken() {
        var first = TestTenant.fresh();
        var second = TestTenant.fresh();
        first.createNamed("First");
        var both = token(List.of(first.name(), second.name()), null);
        TestTenant.call(both).get(CUSTOMERS).then().statusCode(400).body("code", equalTo("tenant_required"));
        TestTenant.call(both)
                .header("X-Tenant", first.name())
                .get(CUSTOMERS)
                .then()
                .statusCode(200)
                .body("data", hasSize(1));
        TestTenant.call(both)
                .header("X-Tenant", second.name())
                .get(CUSTOMERS)
                .then()
                .statusCode(200)
                .body("data", hasSize(0));
        TestTenant.call(both)
                .header("X-Tenant", TestTenant.fresh().name())
                .get(CUSTOMERS)
                .then()
                .statusCode(403)
                .body("code", equalTo("tenant_forbidden"));
    }

    @Test
    void headerWithForeignTenantReturns403() {
        var own = TestTenant.fresh();
        var other = TestTenant.fresh();
        own.call()
                .header("X-Tenant", other.name())
                .get(CUSTOMERS)
                .then()
                .statusCode(403)
                .body("code", equalTo("tenant_forbidden"));
        own.call().header("X-Tenant", own.name()).get(CUSTOMERS).then().statusCode(200);
    }

    @Test
    void locationRestrictsListsAndCreates() {
        var tenant = TestTenant.fresh();
        tenant.create("{\"name\":\"A\",\"location_id\":\"l1\"}");
        tenant.create("{\"name\":\"B\",\"location_id\":\"l2\"}");
        tenant.createNamed("C");
        var restricted = token(tenant.name(), "l1");
        TestTenant.call(restricted).get(CUSTOMERS).then().body("data.name", equalTo(List.of("A")));
        TestTenant.call(restricted)
                .queryParam("location_id", "l1")
                .get(CUSTOMERS)
                .then()
                .body("data.name", equalTo(List.of("A")));
        TestTenant.call(restricted)
                .queryParam("location_id", "l2")
                .get(CUSTOMERS)
                .then()
                .statusCode(403)
                .body("code", equalTo("location_forbidden"));
        TestTenant.call(restricted)
                .contentType("application/json")
                .body("{\"name\":\"D\"}")
                .post(CUSTOMERS)
                .then()
                .statusCode(201)
                .body("location_id", equalTo("l1"));
        TestTenant.call(restricted)
                .contentType("application/json")
                .body("{\"name\":\"E\",\"location_id\":\"l2\"}")
                .post(CUSTOMERS)
                .then()
                .statusCode(403);
        TestTenant.call(restricted)
                .header("X-Location", "l2")
                .get(CUSTOMERS)
                .then()
                .statusCode(403)
                .body("code", equalTo("location_forbidden"));
        tenant.call().header("X-Location", "l2").get(CUSTOMERS).then().body("data.name", equalTo(List.of("B")));
        tenant.call().header("X-Location", "x".repeat(65)).get(CUSTOMERS).then().statusCode(400);
    }

    @Test
    void idOfAnotherTenantReturns404() {
        var foreignId = TestTenant.fresh().createNamed("Secret");
        var tenant = TestTenant.fresh();
        var unknownId = "01a206b1-07c5-75e2-9203-3557b63c9ad8";
        var foreignResponse =
                tenant.get(foreignId).then().statusCode(404).extract().asString();
        var unknownResponse =
                tenant.get(unknownId).then().statusCode(404).extract().asString();

        assertThat(masked(foreignResponse, foreignId)).isEqualTo(masked(unknownResponse, unknownId));
    }

    private static String masked(String problem, String id) {
        return problem.replace(id, "ID").replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
