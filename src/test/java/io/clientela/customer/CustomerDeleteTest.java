package io.clientela.customer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deletes by the default rule, and what they would do. */
@QuarkusTest
class CustomerDeleteTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    private String add(String id, String items, String body) {
        return tenant.json(body)
                .post(CUSTOMERS + "/" + id + "/" + items)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String customerWithOrder() {
        var id = tenant.createNamed("Jane");
        add(id, "orders", "{\"total\":10,\"status\":\"completed\"}");
        return id;
    }

    private static ValidatableResponse delete(RequestSpecification caller, String id, String query) {
        return caller.delete(CUSTOMERS + "/" + id + query).then();
    }

    private ValidatableResponse delete(String id, String query) {
        return delete(tenant.call(), id, query);
    }

    private RequestSpecification confined(String location) {
        return TestTenant.call(TestTokens.with(claims -> {
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("location", location);
            claims.setStringClaim("scope", String.join(" ", TestTokens.allScopes()));
        }));
    }

    private int events(String id) {
        return tenant.call()
                .get(CUSTOMERS + "/" + id + "/history")
                .jsonPath()
                .getList("data")
                .size();
    }

    private Map<String, Object> lastDetails(String id) {
        return tenant.call().get(CUSTOMERS + "/" + id + "/history").jsonPath().getMap("data[0].details");
    }

    private void merge(String target, String source) {
        tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200);
    }

    private String createCluster(String name) {
        return tenant.json("{\"name\":\"" + name + "\"}")
                .post("/v1/clusters")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void dryRunOfPermittedDeleteWritesNothing() {
        var id = tenant.createNamed("Jane");

        delete(id, "?dry_run=true")
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("keySet()", equalTo(Set.of("customer_id", "version", "allowed", "rules", "deletes")))
                .body("customer_id", equalTo(id))
                .body("version", equalTo(1))
                .body("allowed", equalTo(true))
                .body("rules", empty())
                .body(
                        "deletes",
                        equalTo(Map.of("addresses", 0, "calls", 0, "orders", 0, "clusters", 0, "merged_customers", 0)));

        tenant.get(id).then().statusCode(200).body("version", equalTo(1));
        assertThat(events(id)).isEqualTo(1);
    }

    @Test
    void dryRunNamesRulesOfRefusal() {
        var id = customerWithOrder();
        var rules = List.of(Map.of("rule", "orders", "count", 1));

        delete(id, "?dry_run=true")
                .statusCode(200)
                .body("allowed", equalTo(false))
                .body("rules", equalTo(rules));

        delete(id, "")
                .statusCode(409)
                .body("code", equalTo("delete_refused"))
                .body("rules", equalTo(rules))
                .body("detail", containsString("force=true"));
        tenant.get(id).then().statusCode(200);
    }

    @Test
    void dryRunOfForcedDeleteIsAllowedAndNamesRules() {
        var id = customerWithOrder();

        delete(id, "?dry_run=true&force=true")
                .statusCode(200)
                .body("allowed", equalTo(true))
                .body("rules", equalTo(List.of(Map.of("rule", "orders", "count", 1))))
                .body("deletes.orders", equalTo(1));

        tenant.get(id).then().statusCode(200);
    }

    @Test
    void dryRunCountsWhatGoesWithTheCustomer() {
        var id = customerWithOrder();
        add(id, "orders", "{\"total\":1}");
        add(id, "calls", "{}");
        add(id, "addresses", "{\"line1\":\"x\"}");
        add(id, "addresses", "{\"line1\":\"y\"}");
        add(id, "addresses", "{\"line1\":\"z\"}");
        var source = customerWithOrder();
        merge(source, tenant.createNamed("Jane's double"));
        merge(id, source);
        var main = createCluster("Main");
        tenant.patch(id, "{\"cluster_id\":\"" + main + "\"}");
        for (String cluster : List.of(main, createCluster("Other"))) {
            tenant.call()
                    .put("/v1/clusters/" + cluster + "/customers/" + id)
                    .then()
                    .statusCode(204);
        }

        delete(id, "?dry_run=true")
                .statusCode(200)
                .body(
                        "deletes",
                        equalTo(Map.of("addresses", 3, "calls", 1, "orders", 3, "clusters", 2, "merged_customers", 2)));
    }

    @Test
    void dryRunTakesOnlyTheCurrentVersion() {
        var id = customerWithOrder();
        var stale = tenant.call().header("If-Match", "\"1\"");
        var current = tenant.call().header("If-Match", "\"2\"");

        delete(stale, id, "?dry_run=true")
                .statusCode(412)
                .body("code", equalTo("version_mismatch"))
                .body("current_version", equalTo(2));
        delete(current, id, "?dry_run=true").statusCode(200).body("version", equalTo(2));
        delete(tenant.call().header("If-Match", "2"), id, "?dry_run=true")
                .statusCode(400)
                .body("code", equalTo("invalid_header"));
    }

    @Test
    void dryRunOfMergedCustomerReturns409() {
        var source = customerWithOrder();
        var target = tenant.createNamed("Jane");
        merge(target, source);

        for (String query : List.of("?dry_run=true", "?dry_run=true&force=true", "")) {
            delete(source, query)
                    .statusCode(409)
                    .body("code", equalTo("merged"))
                    .body("merged_into", equalTo(target));
        }
    }

    @Test
    void dryRunOfErasedCustomerIsThatOfItsDelete() {
        var id = customerWithOrder();
        add(id, "addresses", "{\"line1\":\"x\"}");
        tenant.call().post(CUSTOMERS + "/" + id + "/erasure").then().statusCode(200);

        delete(id, "?dry_run=true")
                .statusCode(200)
                .body("allowed", equalTo(false))
                .body("deletes.orders", equalTo(1))
                .body("deletes.addresses", equalTo(0));

        delete(id, "?force=true").statusCode(204);
        delete(id, "?dry_run=true").statusCode(404);
    }

    @Test
    void dryRunOfUnknownOrForeignCustomerReturns404() {
        var id = customerWithOrder();

        delete(UUID.randomUUID().toString(), "?dry_run=true").statusCode(404).body("code", equalTo("not_found"));
        delete("x", "?dry_run=true").statusCode(404);
        delete(TestTenant.fresh().call(), id, "?dry_run=true&force=true").statusCode(404);
    }

    @Test
    void dryRunIsConfinedToTheLocation() {
        var id = tenant.create("{\"name\":\"Jane\",\"location_id\":\"north\"}").getString("id");
        var source =
                tenant.create("{\"name\":\"Jane\",\"location_id\":\"north\"}").getString("id");
        merge(id, source);

        delete(confined("south"), id, "?dry_run=true").statusCode(404);
        delete(confined("south"), source, "?dry_run=true").statusCode(404);
        delete(confined("north"), id, "?dry_run=true").statusCode(200).body("allowed", equalTo(true));
        delete(confined("north"), source, "?dry_run=true").statusCode(409);
    }

    @Test
    void forceNeedsAdminAlsoInDryRun() {
        var id = customerWithOrder();
        var writer = new String[] {"customers:read", "customers:write", "customers:merge"};

        for (String query : List.of("?force=true", "?force=true&dry_run=true")) {
            delete(tenant.callWith(writer), id, query)
                    .statusCode(403)
                    .body("code", equalTo("insufficient_scope"))
                    .body("required_scope", equalTo("customers:admin"));
        }

        delete(tenant.callWith(writer), id, "?dry_run=true").statusCode(200);
        delete(tenant.callWith("customers:read"), id, "?dry_run=true").statusCode(403);
        tenant.get(id).then().statusCode(200);
    }

    @Test
    void invalidDryRunReturns400() {
        var id = tenant.createNamed("Jane");

        delete(id, "?dry_run=yes&force=1").statusCode(400).body("errors.field", equalTo(List.of("force", "dry_run")));
        delete(id, "?dryrun=true").statusCode(400).body("errors[0].field", equalTo("dryrun"));

        tenant.get(id).then().statusCode(200);
    }

    @Test
    void historyNamesRulesThatForceOverrode() {
        var id = customerWithOrder();

        delete(id, "?force=true").statusCode(204);

        assertThat(lastDetails(id))
                .isEqualTo(Map.of("forced", true, "overridden_rules", List.of(Map.of("rule", "orders", "count", 1))));
    }

    @Test
    void historyOfNeedlessForceHasNoRules() {
        var forced = tenant.createNamed("Jane");
        var deleted = tenant.createNamed("Jane");

        delete(forced, "?force=true").statusCode(204);
        delete(deleted, "").statusCode(204);

        assertThat(lastDetails(forced)).isEqualTo(Map.of("forced", true, "overridden_rules", List.of()));
        tenant.call()
                .get(CUSTOMERS + "/" + deleted + "/history")
                .then()
                .body("data[0].type", equalTo("customer.deleted"))
                .body("data[0].details", anEmptyMap());
    }

    /** They are about what the business did, and name nobody. */
    @Test
    void erasureKeepsRulesThatForceOverrode() {
        var id = customerWithOrder();
        delete(id, "?force=true").statusCode(204);
        var details = lastDetails(id);

        tenant.call().post(CUSTOMERS + "/" + id + "/erasure").then().statusCode(200);

        tenant.call()
                .get(CUSTOMERS + "/" + id + "/history")
                .then()
                .body("data.find { it.type == 'customer.deleted' }.details", equalTo(details));
    }
}
