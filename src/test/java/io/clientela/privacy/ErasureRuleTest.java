package io.clientela.privacy;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.StrictProfile;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Erasures while the rule of open orders is set. */
@QuarkusTest
@TestProfile(StrictProfile.class)
class ErasureRuleTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    private String customerWithOrder(String status) {
        var id = tenant.createNamed("Jane");
        addOrder(id, status);
        return id;
    }

    private String addOrder(String id, String status) {
        return tenant.json("{\"total\":1,\"status\":\"" + status + "\"}")
                .post(CUSTOMERS + "/" + id + "/orders")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse erase(String id) {
        return tenant.call().post(CUSTOMERS + "/" + id + "/erasure").then();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "paid", "shipped"})
    void openOrderForbidsErasure(String status) {
        var id = customerWithOrder(status);
        addOrder(id, "completed");
        var self = TestTokens.of(tenant.name(), id, "customers:self");

        erase(id)
                .statusCode(409)
                .body("code", equalTo("erasure_refused"))
                .body("rules[0].rule", equalTo("open_orders"))
                .body("rules[0].count", equalTo(1));
        TestTenant.call(self).delete(CUSTOMERS + "/me").then().statusCode(409).body("code", equalTo("erasure_refused"));

        tenant.get(id).then().body("name", equalTo("Jane")).body("version", equalTo(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "canceled", "refunded"})
    void closedOrderPermitsErasure(String status) {
        var id = customerWithOrder(status);

        erase(id).statusCode(200).body("customer.anonymized", equalTo(true));
    }

    @Test
    void orderOfMergedCustomerForbidsErasure() {
        var source = customerWithOrder("paid");
        var target = tenant.createNamed("Jane");
        tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200);

        erase(target).statusCode(409).body("rules[0].count", equalTo(1));
    }

    @Test
    void deletedCustomerHasNoOpenOrders() {
        var id = customerWithOrder("paid");
        tenant.call().delete(CUSTOMERS + "/" + id + "?force=true").then().statusCode(204);

        erase(id).statusCode(200).body("customer", nullValue());
    }
}
