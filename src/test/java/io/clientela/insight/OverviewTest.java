package io.clientela.insight;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The overview of a tenant's customers over HTTP. An overview is kept for a minute, so each test asks once. */
@QuarkusTest
class OverviewTest extends ApiTest {
    private static final String OVERVIEW = CUSTOMERS + "/analytics/overview";

    private final TestTenant tenant = TestTenant.fresh();

    private JsonPath overview() {
        return tenant.call().get(OVERVIEW).then().statusCode(200).extract().jsonPath();
    }

    private String customer(String fields) {
        return tenant.create("{" + fields + "}").getString("id");
    }

    private void order(String customer, int daysAgo, int total) {
        tenant.json("{\"total\":" + total + ",\"placed_at\":\"" + Instant.now().minus(Duration.ofDays(daysAgo)) + "\"}")
                .post(CUSTOMERS + "/" + customer + "/orders")
                .then()
                .statusCode(201);
    }

    @Test
    void emptyTenantHasZeros() {
        var overview = overview();

        assertThat(overview.getInt("total_customers")).isZero();
        assertThat(overview.getFloat("active_rate")).isZero();
        assertThat(overview.getMap("by_status")).isEqualTo(Map.of("active", 0, "inactive", 0, "blocked", 0));
        assertThat(overview.getMap("segments")).hasSize(6).allSatisfy((segment, count) -> assertThat(count)
                .isEqualTo(0));
        assertThat(overview.getList("signups_by_month")).hasSize(24);
        assertThat(overview.getList("top_customers")).isEmpty();
        assertThat(overview.getMap("by_source")).isEqualTo(Map.of("largest", List.of(), "others", 0, "none", 0));
    }

    @Test
    void overviewCountsWhatListsHave() {
        customer("\"name\":\"A\",\"source\":\"web\",\"location_id\":\"l1\"");
        var vip = customer("\"name\":\"B\",\"source\":\"web\",\"location_id\":\"l2\"");
        order(vip, 100, 2000);
        var dormant = customer("\"name\":\"C\",\"status\":\"blocked\"");
        order(dormant, 400, 30);
        order(customer("\"name\":\"D\",\"source\":\"shop\""), 1, 10);

        var overview = overview();

        assertThat(overview.getInt("total_customers")).isEqualTo(4);
        assertThat(overview.getFloat("active_rate")).isEqualTo(0.75f);
        assertThat(overview.getMap("by_status")).isEqualTo(Map.of("active", 3, "inactive", 0, "blocked", 1));
        for (String segment : List.of("lead", "new", "regular", "vip", "at_risk", "dormant")) {
            int listed = tenant.call()
                    .get(CUSTOMERS + "?segment=" + segment)
                    .jsonPath()
                    .getInt("meta.total_count");
            assertThat(overview.getInt("segments." + segment)).as(segment).isEqualTo(listed);
        }
        assertThat(overview.getInt("segments.vip")).isEqualTo(1);
        assertThat(overview.getList("by_source.largest"))
                .isEqualTo(List.of(Map.of("value", "web", "customers", 2), Map.of("value", "shop", "customers", 1)));
        assertThat(overview.getInt("by_source.none")).isEqualTo(1);
        assertThat(overview.getList("by_location.largest.value")).containsExactly("l1", "l2");
        assertThat(overview.getInt("by_location.none")).isEqualTo(2);
        assertThat(overview.getList("top_customers.name")).containsExactly("B", "C", "D");
        assertThat(overview.getMap("top_customers[0]"))
                .isEqualTo(Map.of("id", vip, "name", "B", "total_spent", 2000.0f, "total_orders", 1));
        assertThat(Instant.parse(overview.getString("as_of")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    }

    @Test
    void signupsAreCountedByMonth() {
        for (int i = 0; i < 4; i++) {
            tenant.createNamed("C" + i);
        }
        var month = YearMonth.now(ZoneOffset.UTC);
        var starts = List.of(
                month + "-01T00:00:00Z",
                month.minusMonths(1).atEndOfMonth() + "T23:59:59.999999Z",
                month.minusMonths(23) + "-01T00:00:00Z",
                month.minusMonths(24).atEndOfMonth() + "T23:59:59.999999Z");
        for (int i = 0; i < 4; i++) {
            TestDatabase.execute(
                    "UPDATE customer SET created_at = ?::timestamptz WHERE tenant_id = ? AND name = ?",
                    starts.get(i),
                    tenant.name(),
                    "C" + i);
        }

        var overview = overview();

        assertThat(overview.getInt("new_this_month")).isEqualTo(1);
        var months = overview.<Map<String, Object>>getList("signups_by_month");
        assertThat(months.get(0))
                .isEqualTo(Map.of("month", month.minusMonths(23).toString(), "customers", 1));
        assertThat(months.get(22))
                .isEqualTo(Map.of("month", month.minusMonths(1).toString(), "customers", 1));
        assertThat(months.get(23)).isEqualTo(Map.of("month", month.toString(), "customers", 1));
        assertThat(overview.getInt("total_customers")).isEqualTo(4);
    }

    @Test
    void rankingHasTwentyLargestAndTheRest() {
        for (int i = 0; i < 22; i++) {
            customer("\"name\":\"C\",\"source\":\"s" + (10 + i) + "\"");
        }
        customer("\"name\":\"C\",\"source\":\"s31\"");

        var overview = overview();

        assertThat(overview.getList("by_source.largest.value")).hasSize(20).startsWith("s31", "s10");
        assertThat(overview.getInt("by_source.others")).isEqualTo(2);
        assertThat(overview.getInt("by_source.none")).isZero();
    }

    @Test
    void anonymizedCustomerIsCountedButNotNamed() {
        var id = customer("\"name\":\"Jane\"");
        order(id, 1, 10);
        TestDatabase.execute("UPDATE customer SET anonymized = true WHERE id = ?::uuid", id);

        var overview = overview();

        assertThat(overview.getInt("total_customers")).isEqualTo(1);
        assertThat(overview.getInt("segments.new")).isEqualTo(1);
        assertThat(overview.getList("top_customers")).isEmpty();
    }

    @Test
    void overviewIsRestrictedToLocation() {
        order(customer("\"name\":\"A\",\"source\":\"web\",\"location_id\":\"l1\""), 1, 10);
        order(customer("\"name\":\"B\",\"source\":\"shop\",\"location_id\":\"l2\""), 1, 10);
        var token = TestTokens.with(claims -> {
            claims.setSubject("tester");
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "customers:read");
            claims.setStringClaim("location", "l1");
        });

        assertThat(overview().getInt("total_customers")).isEqualTo(2);
        var ofClaim = TestTenant.call(token).get(OVERVIEW).jsonPath();
        var ofHeader = tenant.call().header("X-Location", "l2").get(OVERVIEW).jsonPath();

        assertThat(ofClaim.getInt("total_customers")).isEqualTo(1);
        assertThat(ofClaim.getInt("segments.new")).isEqualTo(1);
        assertThat(ofClaim.getInt("new_this_month")).isEqualTo(1);
        assertThat(ofClaim.getList("top_customers.name")).containsExactly("A");
        assertThat(ofClaim.getList("by_location.largest.value")).containsExactly("l1");
        assertThat(ofHeader.getList("by_source.largest.value")).containsExactly("shop");
    }

    @Test
    void likelyDuplicatesAreWaitingUntilDismissed() {
        var same = "\"name\":\"Ana Costa\",\"email\":\"ana@example.com\",\"phone\":\"+55 11 98888-7777\"";
        customer(same);
        customer(same);
        tenant.awaitCompared();

        assertThat(overview().getInt("duplicates_waiting")).isEqualTo(1);
    }

    @Test
    void concurrentRequestsShareOneComputation() {
        tenant.createNamed("Jane");

        var responses =
                Parallel.sendUntilServed(30, i -> tenant.request(OVERVIEW).GET().build());
        tenant.createNamed("Jim");
        var later = overview();

        assertThat(responses).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(JsonPath.from(response.body()).getString("as_of")).isEqualTo(later.getString("as_of"));
        });
        assertThat(later.getInt("total_customers")).as("kept for a minute").isEqualTo(1);
    }
}
