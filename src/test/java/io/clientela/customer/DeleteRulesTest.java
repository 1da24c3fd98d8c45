package io.clientela.customer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.StrictProfile;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletes while the rules of open orders and of the last seven days are set. */
@QuarkusTest
@TestProfile(StrictProfile.class)
class DeleteRulesTest extends ApiTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final TestTenant tenant = TestTenant.fresh();
    private String customer;

    @BeforeEach
    void createCustomer() {
        customer = tenant.createNamed("Jane");
    }

    private static String order(String status, Duration age) {
        return "{\"total\":1,\"status\":\"" + status + "\",\"placed_at\":\""
                + Instant.now().minus(age) + "\"}";
    }

    private static String call(Duration age) {
        return "{\"started_at\":\"" + Instant.now().minus(age) + "\"}";
    }

    private String add(String items, String body) {
        return tenant.json(body)
                .post(CUSTOMERS + "/" + customer + "/" + items)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse delete(String query) {
        return tenant.call().delete(CUSTOMERS + "/" + customer + query).then();
    }

    private void requireRefused(String rule, int count) {
        var rules = List.of(Map.of("rule", rule, "count", count));
        delete("?dry_run=true").statusCode(200).body("allowed", equalTo(false)).body("rules", equalTo(rules));
        delete("").statusCode(409).body("code", equalTo("delete_refused")).body("rules", equalTo(rules));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "paid", "shipped"})
    void openOrderForbidsDelete(String status) {
        add("orders", order(status, DAY.multipliedBy(400)));
        add("orders", order("completed", DAY.multipliedBy(400)));

        requireRefused("open_orders", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "canceled", "refunded"})
    void oldClosedOrderPermitsDelete(String status) {
        add("orders", order(status, DAY.multipliedBy(7).plusMinutes(1)));
        add("calls", call(DAY.multipliedBy(7).plusMinutes(1)));

        delete("?dry_run=true").statusCode(200).body("allowed", equalTo(true)).body("rules", empty());
        delete("").statusCode(204);
    }

    @Test
    void callsAndOrdersOfLastDaysForbidDelete() {
        add("calls", call(DAY.multipliedBy(7).minusMinutes(1)));
        add("calls", call(Duration.ZERO));
        add("calls", call(DAY.multipliedBy(8)));
        add("orders", order("completed", DAY.multipliedBy(7).minusMinutes(1)));
        add("orders", order("completed", DAY.multipliedBy(8)));

        requireRefused("recent_activity", 3);
    }

    @Test
    void callOfTomorrowForbidsDelete() {
        add("calls", call(DAY.negated()));

        requireRefused("recent_activity", 1);
    }

    @Test
    void completedOrderNoLongerForbidsDelete() {
        var id = add("orders", order("paid", DAY.multipliedBy(30)));
        requireRefused("open_orders", 1);

        tenant.json("{\"status\":\"completed\"}")
                .patch(CUSTOMERS + "/" + customer + "/orders/" + id)
                .then()
                .statusCode(200);

        delete("").statusCode(204);
    }

    @Test
    void activityOfMergedCustomerForbidsDelete() {
        add("orders", order("paid", DAY));
        var target = tenant.createNamed("Jane");
        tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + customer + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200);

        tenant.call()
                .delete(CUSTOMERS + "/" + target)
                .then()
                .statusCode(409)
                .body("rules.rule", equalTo(List.of("open_orders", "recent_activity")))
                .body("rules.count", equalTo(List.of(1, 1)));
    }

    @Test
    void historyNamesEveryRuleThatForceOverrode() {
        add("orders", order("paid", DAY));
        add("calls", call(DAY));

        delete("?force=true").statusCode(204);

        assertThat(tenant.call()
                        .get(CUSTOMERS + "/" + customer + "/history")
                        .jsonPath()
                        .<String, Object>getMap("data[0].details"))
                .isEqualTo(Map.of(
                        "forced",
                        true,
                        "overridden_rules",
                        List.of(
                                Map.of("rule", "open_orders", "count", 1),
                                Map.of("rule", "recent_activity", "count", 2))));
    }

    /** The row is locked by a transaction that adds an order, and the delete waits for it. */
    @Test
    void deleteCountsWhatWasAddedWhileItWaited() throws SQLException {
        CompletableFuture<Response> deleted;
        try (var adding = TestDatabase.connect()) {
            adding.setAutoCommit(false);
            try (var statement = adding.createStatement()) {
                statement.executeUpdate(
                        "UPDATE customer SET version = version + 1, total_orders = 1 WHERE id = '" + customer + "'");
                deleted = CompletableFuture.supplyAsync(() -> tenant.call().delete(CUSTOMERS + "/" + customer));
                TestDatabase.awaitBlockedSessions(1);
                statement.executeUpdate("INSERT INTO customer_order (tenant_id, id, customer_id, origin_id, status,"
                        + " total, currency, placed_at, created_at, updated_at) SELECT tenant_id, gen_random_uuid(), id,"
                        + " id, 'paid', 1, 'BRL', '2020-01-01', now(), now() FROM customer WHERE id = '" + customer
                        + "'");
            }
            adding.commit();
        }

        deleted.join()
                .then()
                .statusCode(409)
                .body("rules", equalTo(List.of(Map.of("rule", "open_orders", "count", 1))));
    }

    /** Either the call or order is first and the delete is refused, or the customer is deleted and gets none. */
    @Test
    void concurrentDeletesAndAddsHaveOneWinner() {
        List<String> winners = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            var ids = IntStream.range(0, 20)
                    .mapToObj(i -> tenant.createNamed("Jane"))
                    .toList();
            var responses = Parallel.sendUntilServed(60, i -> {
                var path = CUSTOMERS + "/" + ids.get(i / 3);
                return switch (i % 3) {
                    case 0 -> tenant.request(path).DELETE().build();
                    case 1 -> tenant.request(path + "?dry_run=true").DELETE().build();
                    default ->
                        tenant.request(path + (i % 2 == 0 ? "/calls" : "/orders"))
                                .POST(BodyPublishers.ofString(
                                        i % 2 == 0 ? call(DAY) : order("paid", DAY.multipliedBy(90))))
                                .build();
                };
            });
            for (int i = 0; i < ids.size(); i++) {
                winners.add(requireOneWinner(ids.get(i), responses.subList(3 * i, 3 * i + 3)));
            }
        }

        assertThat(winners).contains("add", "delete");
    }

    /** Before the undo the customer is merged, and after it the order is there again: at no time may it be deleted. */
    @Test
    void deleteDuringUndoFindsOrdersThatCameBack() {
        for (int round = 0; round < 10; round++) {
            createCustomer();
            add("orders", order("paid", DAY.multipliedBy(90)));
            var source = customer;
            String merge = tenant.json("{\"target_id\":\"" + tenant.createNamed("Jane") + "\",\"source_ids\":[\""
                            + source + "\"]}")
                    .post(CUSTOMERS + "/merge")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("merge_id");

            var responses = new ArrayList<>(Parallel.sendUntilServed(
                    8,
                    i -> i == 3
                            ? tenant.request("/v1/merges/" + merge + "/undo")
                                    .POST(BodyPublishers.noBody())
                                    .build()
                            : tenant.request(CUSTOMERS + "/" + source).DELETE().build()));

            assertThat(responses.remove(3).statusCode()).isEqualTo(200);
            assertThat(responses).allSatisfy(response -> {
                assertThat(response.statusCode()).isEqualTo(409);
                assertThat(response.body()).containsAnyOf("\"merged\"", "{\"rule\":\"open_orders\",\"count\":1}");
            });
        }
    }

    private String requireOneWinner(String id, List<HttpResponse<String>> responses) {
        int deleted = responses.get(0).statusCode();
        int added = responses.get(2).statusCode();
        assertThat(responses.get(1).statusCode()).isIn(200, 404);
        if (deleted == 204) {
            assertThat(added).isEqualTo(404);
            tenant.get(id).then().statusCode(404);
            return "delete";
        }
        assertThat(List.of(deleted, added)).isEqualTo(List.of(409, 201));
        tenant.get(id).then().statusCode(200).body("version", equalTo(2));
        return "add";
    }
}
