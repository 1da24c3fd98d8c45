package io.clientela.tenancy;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A token with a location claim sees and changes the customers of that location only. */
@QuarkusTest
class LocationTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void sameLocationIsServed() {
        var id = create("Ana", "l1");

        at("l1").get(CUSTOMERS + "/" + id).then().statusCode(200);
        json("l1", "{\"notes\":\"seen\"}").patch(CUSTOMERS + "/" + id).then().statusCode(200);
        json("l1", "{\"notes\":\"called\"}")
                .post(CUSTOMERS + "/" + id + "/calls")
                .then()
                .statusCode(201);
        at("l1").get(CUSTOMERS + "/" + id + "/calls").then().statusCode(200).body("data", hasSize(1));
        at("l1").get(CUSTOMERS + "/" + id + "/history").then().statusCode(200);
    }

    @Test
    void moveToAnotherLocationReturns403() {
        var id = create("Ana", "l1");

        json("l1", "{\"location_id\":\"l2\"}")
                .patch(CUSTOMERS + "/" + id)
                .then()
                .statusCode(403)
                .body("code", equalTo("location_forbidden"));

        tenant.get(id).then().body("location_id", equalTo("l1"));
    }

    @Test
    void upsertIgnoresCustomersOfOtherLocations() {
        var theirs = tenant.create("{\"name\":\"Ana\",\"email\":\"ana@example.com\",\"location_id\":\"l2\"}")
                .getString("id");

        json("l1", "{\"name\":\"Eva\",\"email\":\"ana@example.com\"}")
                .post(CUSTOMERS + "/upsert")
                .then()
                .statusCode(201)
                .body("customer.location_id", equalTo("l1"));

        tenant.get(theirs).then().body("name", equalTo("Ana"));
    }

    @Test
    void externalIdOfAnotherLocationReturns409WithoutIds() {
        tenant.create("{\"name\":\"Ana\",\"external_id\":\"x\",\"location_id\":\"l2\"}");
        var body = "{\"name\":\"Eva\",\"external_id\":\"x\"}";

        json("l1", body)
                .post(CUSTOMERS + "/upsert")
                .then()
                .statusCode(409)
                .body("code", equalTo("duplicate_customer"))
                .body("customer_ids", empty());
        json("l1", body)
                .post(CUSTOMERS)
                .then()
                .statusCode(409)
                .body("code", equalTo("duplicate_customer"))
                .body("customer_ids", empty());
        json("l1", "{\"customers\":[" + body + "]}")
                .post(CUSTOMERS + "/batch")
                .then()
                .statusCode(200)
                .body("data.status", equalTo(List.of(409)));
    }

    @Test
    void mergeWithAnotherLocationReturns422() {
        var mine = create("Ana", "l1");
        var theirs = create("Ana", "l2");

        json("l1", "{\"target_id\":\"" + mine + "\",\"source_ids\":[\"" + theirs + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/source_ids/0"))
                .body("errors[0].code", equalTo("not_found"));
        json("l1", "{\"target_id\":\"" + theirs + "\",\"source_ids\":[\"" + mine + "\"]}")
                .queryParam("dry_run", true)
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/target_id"));
    }

    @Test
    void mergedIntoAnotherLocationReturns404() {
        var source = create("Ana", "l1");
        var target = create("Ana", "l2");
        var merge = tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .extract()
                .<String>path("merge_id");

        at("l1").redirects().follow(false).get(CUSTOMERS + "/" + source).then().statusCode(404);
        at("l1").post("/v1/merges/" + merge + "/undo").then().statusCode(404);
        at("l2").post("/v1/merges/" + merge + "/undo").then().statusCode(403);
        tenant.call().post("/v1/merges/" + merge + "/undo").then().statusCode(200);
        at("l1").get(CUSTOMERS + "/" + source).then().statusCode(200);
    }

    @Test
    void clusterOfOtherLocationsIsNotDeleted() {
        var cluster = tenant.json("{\"name\":\"c\"}")
                .post("/v1/clusters")
                .then()
                .extract()
                .<String>path("id");
        var theirs = create("Ana", "l2");
        tenant.call()
                .put("/v1/clusters/" + cluster + "/customers/" + theirs)
                .then()
                .statusCode(204);

        at("l1").delete("/v1/clusters/" + cluster).then().statusCode(403);

        tenant.call().get("/v1/clusters/" + cluster).then().statusCode(200);
    }

    @Test
    void invalidLocationClaimReturns403() {
        for (Object location : List.of("", " ", "x".repeat(65), 7, List.of("l1"))) {
            var token = TestTokens.with(claims -> {
                claims.setStringClaim("tenant", tenant.name());
                claims.setStringClaim("scope", "customers:read");
                claims.setClaim("location", location);
            });

            TestTenant.call(token).get(CUSTOMERS).then().statusCode(403).body("code", equalTo("location_forbidden"));
        }
    }

    @Test
    void idempotencyKeyKnowsTheLocation() {
        var body = "{\"name\":\"Ana\"}";

        tenant.json(body)
                .header("Idempotency-Key", "k")
                .header("X-Location", "l1")
                .post(CUSTOMERS)
                .then()
                .statusCode(201);

        tenant.json(body)
                .header("Idempotency-Key", "k")
                .header("X-Location", "l2")
                .post(CUSTOMERS)
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency_key_reused"));
    }

    @Test
    void headerAloneDoesNotConfine() {
        var id = tenant.createNamed("Ana");

        tenant.call()
                .header("X-Location", "l1")
                .get(CUSTOMERS + "/" + id)
                .then()
                .statusCode(200)
                .body("location_id", nullValue());
    }

    private String create(String name, String location) {
        return tenant.create("{\"name\":\"" + name + "\",\"location_id\":\"" + location + "\"}")
                .getString("id");
    }

    private RequestSpecification json(String location, String body) {
        return at(location).contentType("application/json").body(body);
    }

    private RequestSpecification at(String location) {
        return TestTenant.call(TestTokens.with(claims -> {
            claims.setSubject("tester");
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", String.join(" ", TestTokens.allScopes()));
            claims.setStringClaim("location", location);
        }));
    }
}
