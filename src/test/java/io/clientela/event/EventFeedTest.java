package io.clientela.event;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.security.Scopes;
import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestEvents;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EventFeedTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    private ValidatableResponse events(String query) {
        TestEvents.awaitSettled(tenant);
        return tenant.call().get("/v1/events" + query).then();
    }

    private String next(String query) {
        return events(query).statusCode(200).extract().path("meta.next");
    }

    private String readerAtLocation(String location) {
        return TestTokens.with(claims -> {
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", Scopes.READ);
            claims.setStringClaim("location", location);
        });
    }

    private ValidatableResponse eventsOf(String token, String query) {
        TestEvents.awaitSettled(tenant);
        return TestTenant.call(token).get("/v1/events" + query).then();
    }

    @Test
    void feedListsChangesInOrder() {
        var id = tenant.createNamed("Jane");
        tenant.patch(id, "{\"notes\":\"VIP\"}");

        events("")
                .statusCode(200)
                .body("data.type", contains("customer.created", "customer.updated"))
                .body("data.version", contains(1, 2))
                .body("data[1].subject", equalTo(Map.of("type", "customer", "id", id)))
                .body("data[1].tenant", equalTo(tenant.name()))
                .body("data[1].actor", equalTo("tester"))
                .body("data[1].changes.notes.to", equalTo("VIP"))
                .body("data[1].details", equalTo(Map.of()));
    }

    @Test
    void nextFollowsToEndAndBeyond() {
        for (int i = 0; i < 5; i++) {
            tenant.createNamed("Customer " + i);
        }

        var read = new ArrayList<String>();
        var position = "";
        for (int page = 0; page < 4; page++) {
            var response = events("?limit=2" + position).statusCode(200).extract();
            read.addAll(response.path("data.id"));
            position = "&after=" + response.path("meta.next");
        }
        var last = tenant.createNamed("Last");

        assertThat(read).hasSize(5).doesNotHaveDuplicates();
        events("?limit=2" + position).body("data.subject.id", contains(last));
    }

    @Test
    void latestBeginsWithWhatHappensNext() {
        var beforeAll = next("?after=latest");
        tenant.createNamed("First");
        var latest = next("?after=latest");
        tenant.createNamed("Second");

        events("?after=latest").body("data", empty());
        events("?after=" + beforeAll).body("data.changes.name.to", contains("First", "Second"));
        events("?after=" + latest).body("data.changes.name.to", contains("Second"));
    }

    @ParameterizedTest
    @CsvSource({
        "customer.created, 2",
        "customer.*, 3",
        "'call.added,order.added', 1",
        "'customer.created,customer.*,call.*', 4",
        "order.*, 0"
    })
    void typesNarrowFeed(String types, int count) {
        var id = tenant.createNamed("Jane");
        tenant.createNamed("Mary");
        tenant.patch(id, "{\"notes\":\"VIP\"}");
        tenant.json("{}").post(CUSTOMERS + "/" + id + "/calls").then().statusCode(201);

        events("?types=" + types).statusCode(200).body("data.size()", equalTo(count));
        assertThat(next("?types=" + types)).isEqualTo(next("?after=latest"));
    }

    @Test
    void filteredPageOfManyEventsAdvances() {
        int more = EventStatements.MAX_SCANNED + 500;
        TestDatabase.execute(
                "INSERT INTO customer_event (tenant_id, id, customer_id, customer_version, type, at)"
                        + " SELECT ?, gen_random_uuid(), gen_random_uuid(), 1, 'call.added', now()"
                        + " FROM generate_series(1, ?)",
                tenant.name(),
                more);
        tenant.createNamed("Jane");

        var position = events("?types=customer.created")
                .body("data", empty())
                .extract()
                .<String>path("meta.next");

        events("?types=customer.created&after=" + position).body("data.type", contains("customer.created"));
    }

    @Test
    void pageOfLongEventsEndsEarlier() {
        TestDatabase.execute(
                "INSERT INTO customer_event (tenant_id, id, customer_id, customer_version, type, at, details)"
                        + " SELECT ?, gen_random_uuid(), gen_random_uuid(), 1, 'call.added', now(),"
                        + " json_build_object('x', repeat('x', 1000000))::text FROM generate_series(1, 6)",
                tenant.name());

        var first = events("").body("data.size()", equalTo(4)).extract();

        events("?after=" + first.path("meta.next")).body("data.size()", equalTo(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=x", "types=customer.x", "types=*", "types=", "limit=0", "limit=1001", "after="})
    void invalidParameterReturns400(String query) {
        var name = query.substring(0, query.indexOf('='));

        events("?" + query).statusCode(400).body("errors.field", contains(name));
    }

    @Test
    void unknownIdReturns400() {
        tenant.createNamed("Jane");

        events("?after=" + UUID.randomUUID()).statusCode(400).body("errors.field", contains("after"));
    }

    @Test
    void eventOfOtherTenantIsUnknown() {
        var other = TestTenant.fresh();
        other.createNamed("Jane");
        TestEvents.awaitSettled(other);
        String id = other.call().get("/v1/events").path("data[0].id");

        events("").body("data", empty());
        events("?after=" + id).statusCode(400);
    }

    @Test
    void feedNeedsReadScope() {
        tenant.callWith(Scopes.WRITE).get("/v1/events").then().statusCode(403);
        tenant.callWith(Scopes.SELF).get("/v1/events").then().statusCode(403);
        tenant.callWith(Scopes.READ).get("/v1/events").then().statusCode(200);
    }

    @Test
    void eventsOfKeysNeedAdminScope() {
        tenant.apiKey(Scopes.READ);

        events("").body("data.type", contains("api_key.created"));
        tenant.callWith(Scopes.READ).get("/v1/events").then().body("data", empty());
    }

    @Test
    void locationSeesItsCustomersAndClusters() {
        var here = tenant.create("{\"name\":\"Here\",\"location_id\":\"here\"}").getString("id");
        tenant.create("{\"name\":\"There\",\"location_id\":\"there\"}");
        tenant.createNamed("Nowhere");
        tenant.json("{\"name\":\"Cluster\"}").post("/v1/clusters").then().statusCode(201);
        var confined = readerAtLocation("here");

        eventsOf(confined, "").body("data.changes.name.to", contains("Here", "Cluster"));

        tenant.call().delete(CUSTOMERS + "/" + here).then().statusCode(204);
        eventsOf(confined, "").body("data.type", contains("cluster.created", "customer.deleted"));
    }

    @Test
    void sourceOfMergeIsSeenAtLocation() {
        var target =
                tenant.create("{\"name\":\"Jane\",\"location_id\":\"here\"}").getString("id");
        var source =
                tenant.create("{\"name\":\"Jane S\",\"location_id\":\"here\"}").getString("id");
        tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200);

        eventsOf(readerAtLocation("here"), "?types=customer.merged")
                .body("data.details.merged_into", hasItem(target))
                .body("data.size()", equalTo(2));
    }

    @Test
    void subjectsBesideCustomersHaveNoVersion() {
        tenant.json("{\"name\":\"Cluster\"}").post("/v1/clusters").then().statusCode(201);

        events("?types=cluster.created")
                .body("data[0].version", nullValue())
                .body("data[0].subject.type", equalTo("cluster"));
    }
}
