package io.clientela.database;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.SixConnectionsProfile;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A tenant whose requests all wait for a lock takes its share of the connections, and not those of others. */
@QuarkusTest
@TestProfile(SixConnectionsProfile.class)
class TenantShareTest extends ApiTest {
    private static final int REQUESTS = 40;

    private final TestTenant busy = TestTenant.fresh();
    private final TestTenant other = TestTenant.fresh();

    private HttpRequest blocking(String id) {
        return busy.request(CUSTOMERS + "/" + id + "/status")
                .PUT(BodyPublishers.ofString("{\"status\":\"blocked\"}"))
                .build();
    }

    /** Sends more requests than the tenant's share while they cannot end, and runs the work beside them. */
    private List<HttpResponse<String>> whileBusy(Runnable work) {
        var id = busy.createNamed("Jane");
        Supplier<List<HttpResponse<String>>> requests = () -> Parallel.send(REQUESTS, i -> blocking(id));
        var responses = new CompletableFuture<List<HttpResponse<String>>>();
        TestDatabase.whileLocked(id, () -> {
            var sent = CompletableFuture.supplyAsync(requests);
            TestDatabase.awaitBlockedSessions(4);
            work.run();
            responses.complete(sent.join());
        });
        return responses.join();
    }

    @Test
    void excessRequestsOfOneTenantReturn429() {
        var responses = whileBusy(() -> {});

        var rejected = responses.stream()
                .filter(response -> response.statusCode() == 429)
                .toList();
        assertThat(rejected).hasSize(REQUESTS - 4).allSatisfy(response -> {
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(JsonPath.from(response.body()).getString("code")).isEqualTo("too_many_requests");
        });
    }

    @Test
    void otherTenantIsServedBesideBusyOne() {
        var customer = other.createNamed("Joe");

        whileBusy(() -> {
            for (int i = 0; i < 20; i++) {
                other.get(customer).then().statusCode(200);
            }
            other.call().get(CUSTOMERS + "?search=joe").then().statusCode(200);
        });
    }

    @Test
    void busyTenantKeepsServiceReady() {
        whileBusy(() -> {
            for (int i = 0; i < 5; i++) {
                given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
            }
        });
    }

    @Test
    void writesOfTwoTenantsLeaveConnectionForReads() {
        var customer = other.createNamed("Joe");
        TestDatabase.whileLocked(
                customer,
                () -> whileBusy(() -> {
                    var blocked = CompletableFuture.supplyAsync(
                            () -> Parallel.send(4, i -> other.request(CUSTOMERS + "/" + customer + "/status")
                                    .PUT(BodyPublishers.ofString("{\"status\":\"blocked\"}"))
                                    .build()));
                    for (int i = 0; i < 5; i++) {
                        other.get(customer).then().statusCode(200);
                    }
                    assertThat(blocked.join()).allSatisfy(response -> assertThat(response.statusCode())
                            .isEqualTo(503));
                }));
    }
}
