package io.clientela.database;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.SmallPoolProfile;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rejection of requests under overload, with a small connection pool. */
@QuarkusTest
@TestProfile(SmallPoolProfile.class)
class OverloadTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void excessRequestsReturn503() {
        var id = tenant.createNamed("Jane");
        var status = tenant.request(CUSTOMERS + "/" + id + "/status")
                .PUT(BodyPublishers.ofString("{\"status\":\"blocked\"}"))
                .build();
        TestDatabase.whileLocked(id, () -> {
            var responses = Parallel.send(8, i -> status);
            assertThat(responses).allSatisfy(response -> {
                assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).contains("1");
                assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            });
            List<String> codes = responses.stream()
                    .map(response -> JsonPath.from(response.body()).getString("code"))
                    .sorted()
                    .toList();
            // Two get a connection and wait for the row until lock_timeout; the others get none.
            assertThat(codes)
                    .containsExactly(
                            "overloaded",
                            "overloaded",
                            "overloaded",
                            "overloaded",
                            "overloaded",
                            "overloaded",
                            "unavailable",
                            "unavailable");
        });
        tenant.get(id).then().statusCode(200).body("version", equalTo(1)).body("status", equalTo("active"));
        tenant.json("{\"status\":\"blocked\"}")
                .put(CUSTOMERS + "/" + id + "/status")
                .then()
                .statusCode(200);
        tenant.call().get(CUSTOMERS + "/" + id + "/history").then().body("meta.total_count", equalTo(2));
    }
}
