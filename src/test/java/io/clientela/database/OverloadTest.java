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
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

/** Rejection of requests under overload, with a small connection pool. */
@QuarkusTest
@TestProfile(SmallPoolProfile.class)
class OverloadTest extends ApiTest {
    private static final String LOCK = "SELECT 1 FROM customer WHERE name = ? FOR UPDATE";

    private final List<TestTenant> tenants =
            Stream.generate(TestTenant::fresh).limit(8).toList();

    @Test
    void excessRequestsReturn503() {
        var name = "Jane " + tenants.get(0).name();
        var ids = tenants.stream().map(tenant -> tenant.createNamed(name)).toList();

        TestDatabase.whileLocked(LOCK, name, () -> {
            var responses = Parallel.send(8, i -> tenants.get(i)
                    .request(CUSTOMERS + "/" + ids.get(i) + "/status")
                    .PUT(BodyPublishers.ofString("{\"status\":\"blocked\"}"))
                    .build());
            assertThat(responses).allSatisfy(response -> {
                assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).contains("1");
                assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            });
            // Two get a connection and wait for the row until lock_timeout; the others get none.
            assertThat(responses)
                    .extracting(response -> JsonPath.from(response.body()).getString("code"))
                    .containsOnly("overloaded", "unavailable")
                    .areExactly(2, new Condition<>("unavailable"::equals, "unavailable"));
        });

        for (int i = 0; i < ids.size(); i++) {
            var tenant = tenants.get(i);
            var path = CUSTOMERS + "/" + ids.get(i);
            tenant.get(ids.get(i))
                    .then()
                    .statusCode(200)
                    .body("version", equalTo(1))
                    .body("status", equalTo("active"));
            tenant.json("{\"status\":\"blocked\"}").put(path + "/status").then().statusCode(200);
            tenant.call().get(path + "/history").then().body("meta.total_count", equalTo(2));
        }
    }
}
