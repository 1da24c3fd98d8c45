package io.clientela.database;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.CountingProxy;
import io.clientela.support.Platform;
import io.clientela.support.TestTenant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often each operation waits for the database, BEGIN and COMMIT included, once its statements are prepared. A
 * larger number is a slower operation: change it here only for a reason.
 */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(CountingProxy.Profile.class)
class RoundTripTest extends ApiTest {
    private static final int BEGIN_AND_COMMIT = 2;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    private final TestTenant tenant = TestTenant.fresh();
    private String customer;

    /** Creates a customer, and has more numbers reserved than a test creates customers. */
    @BeforeEach
    void createCustomer() {
        CountingProxy.connectTo(database);
        customer = CUSTOMERS + "/" + tenant.create(ana("0")).getString("id");
        batch(Collections.nCopies(200, ana("0")).stream().collect(Collectors.joining(",")))
                .then()
                .statusCode(200);
    }

    /** A search is planned for its words each time, which PostgreSQL does in a round trip of its own. */
    @Test
    void readsWaitOnceAndSearchesTwice() {
        assertThat(roundTrips(200, i -> tenant.call().get(customer))).isEqualTo(1);
        assertThat(roundTrips(200, i -> tenant.call().get(CUSTOMERS))).isEqualTo(1);
        assertThat(roundTrips(200, i -> tenant.call().get(CUSTOMERS + "?q=ana&sort_by=name")))
                .isEqualTo(2);
    }

    /** The customer and its event together. */
    @Test
    void createWaitsOnce() {
        assertThat(roundTrips(201, i -> tenant.json(ana("new" + i)).post(CUSTOMERS)))
                .isEqualTo(BEGIN_AND_COMMIT + 1);
    }

    /** The locked row; then the customer and the event together. */
    @Test
    void changesWaitTwice() {
        assertThat(roundTrips(200, i -> tenant.json("{\"notes\":\"" + i + "\"}").patch(customer)))
                .isEqualTo(BEGIN_AND_COMMIT + 2);
        assertThat(roundTrips(200, i -> tenant.json("{\"status\":\"" + (i % 2 == 0 ? "inactive" : "active") + "\"}")
                        .put(customer + "/status")))
                .isEqualTo(BEGIN_AND_COMMIT + 2);
    }

    /** The locks of identifiers and customers together; then the customer and the event. */
    @Test
    void upsertWaitsTwice() {
        assertThat(roundTrips(201, i -> tenant.json(ana("new" + i)).post(CUSTOMERS + "/upsert")))
                .isEqualTo(BEGIN_AND_COMMIT + 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50})
    void batchOfAnySizeWaitsTwice(int size) {
        assertThat(roundTrips(
                        200,
                        i -> batch(IntStream.range(0, size)
                                .mapToObj(item -> ana("batch" + i + "-" + item))
                                .collect(Collectors.joining(",")))))
                .isEqualTo(BEGIN_AND_COMMIT + 2);
    }

    /**
     * The identifiers; all locks, and what an undo needs; what moves; the merge; its sources; the customers with their
     * events and aliases.
     */
    @Test
    void mergeWaitsSixTimes() {
        var sources = IntStream.range(0, 4)
                .mapToObj(i -> tenant.create(ana("source" + i)).getString("id"))
                .toList();

        assertThat(roundTrips(200, i -> tenant.json("{\"target_id\":\"" + customer.substring(CUSTOMERS.length() + 1)
                                + "\",\"source_ids\":[\"" + sources.get(i) + "\"]}")
                        .post(CUSTOMERS + "/merge")))
                .isEqualTo(BEGIN_AND_COMMIT + 6);
    }

    private Response batch(String customers) {
        return tenant.json("{\"customers\":[" + customers + "]}").post(CUSTOMERS + "/batch");
    }

    private static String ana(String name) {
        return "{\"name\":\"Ana\",\"email\":\"ana" + name + "@example.com\"}";
    }

    /** Returns the round trips of the last of three requests. */
    private static int roundTrips(int status, IntFunction<Response> request) {
        request.apply(1).then().statusCode(status);
        request.apply(2).then().statusCode(status);
        int before = CountingProxy.roundTrips();
        request.apply(3).then().statusCode(status);
        return CountingProxy.roundTrips() - before;
    }
}
