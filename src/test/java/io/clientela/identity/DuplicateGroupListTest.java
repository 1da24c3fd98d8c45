package io.clientela.identity;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of groups of likely duplicates. */
@QuarkusTest
class DuplicateGroupListTest extends ApiTest {
    private static final String GROUPS = "/v1/duplicates/groups";
    private static final String BY_EMAIL = "{\"name\":\"Ana Costa\",\"email\":\"ana.costa@example.com\"}";
    private static final String BY_BOTH =
            "{\"name\":\"Ana Costa\",\"email\":\"ana.costa@example.com\",\"phone\":\"+55 11 98888-7777\"}";
    private static final String BY_PHONE = "{\"name\":\"Ana Costa\",\"phone\":\"+55 11 98888-7777\"}";

    private final TestTenant tenant = TestTenant.fresh();

    private String create(String body) {
        return tenant.create(body).getString("id");
    }

    private ValidatableResponse groups() {
        tenant.awaitCompared();
        return tenant.call().get(GROUPS).then().statusCode(200);
    }

    private void dismiss(String one, String other) {
        tenant.json("{\"customer_ids\":[\"" + one + "\",\"" + other + "\"]}")
                .post("/v1/duplicates/dismiss")
                .then()
                .statusCode(204);
    }

    @Test
    void customersLinkedThroughOthersAreOneGroup() {
        var first = create(BY_EMAIL);
        var second = create(BY_BOTH);
        var third = create(BY_PHONE);
        create("{\"name\":\"Robert Brown\"}");

        groups().body("data", hasSize(1))
                .body("data[0].id", equalTo(first))
                .body("data[0].size", equalTo(3))
                .body("data[0].customers.id", contains(first, second, third))
                .body("data[0].links", hasSize(2))
                .body("data[0].links[0].customer_ids", hasItem(second))
                .body("data[0].links.reasons.flatten()", hasItem("same_email"))
                .body("data[0].links.reasons.flatten()", hasItem("same_phone"))
                .body("data[0].suggested_target_id", equalTo(second))
                .body("meta.total_count", equalTo(1))
                .body("meta.pending", equalTo(0));
        var scores = groups().extract().jsonPath();
        assertThat(scores.getFloat("data[0].score"))
                .isEqualTo(scores.getList("data[0].links.score", Float.class).stream()
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
    }

    @Test
    void dismissedCustomersAreInTwoGroups() {
        var first = create(BY_EMAIL);
        var second = create(BY_BOTH);
        var third = create(BY_PHONE);
        groups().body("data", hasSize(1));

        dismiss(first, third);
        groups().body("data", hasSize(1))
                .body("data[0].size", equalTo(2))
                .body("data[0].customers.id", hasItem(second));

        dismiss(first, second);
        dismiss(third, second);
        groups().body("data", empty()).body("meta.total_count", equalTo(0));
    }

    @Test
    void dismissalOfMergedCustomerSplitsGroup() {
        var first = create(BY_EMAIL);
        var second = create(BY_BOTH);
        var third = create(BY_PHONE);
        var source = create("{\"name\":\"Kofi Mensah\"}");
        dismiss(source, third);
        groups().body("data[0].size", equalTo(3));

        String merge = tenant.json("{\"target_id\":\"" + first + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .path("merge_id");
        groups().body("data", hasSize(1))
                .body("data[0].size", equalTo(2))
                .body("data[0].customers.id", hasItem(second));

        tenant.call().post("/v1/merges/" + merge + "/undo").then().statusCode(200);
        groups().body("data[0].customers.id", contains(first, second, third));
    }

    @Test
    void mostUsedOfEquallyCompleteIsSuggested() {
        create(BY_BOTH);
        var used = create(BY_BOTH);
        tenant.json("{\"direction\":\"inbound\"}")
                .post(CUSTOMERS + "/" + used + "/calls")
                .then()
                .statusCode(201);

        groups().body("data[0].suggested_target_id", equalTo(used));
    }

    @Test
    void oldestOfEqualCustomersIsSuggested() {
        var oldest = create(BY_BOTH);
        create(BY_BOTH);

        groups().body("data[0].suggested_target_id", equalTo(oldest));
    }

    /** More than fifty are a star, and the oldest is its centre: its change must not lose the others. */
    @Test
    void manyEqualCustomersAreOneGroup() {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            created.add(create(BY_EMAIL));
        }
        groups().body("data", hasSize(1))
                .body("data[0].size", equalTo(70))
                .body("data[0].customers", hasSize(50))
                .body("data[0].links", hasSize(100));

        for (int i = 0; i < 5; i++) {
            tenant.patch(created.get(i), "{\"name\":\"Robert Brown\",\"email\":null}");
        }
        groups().body("data", hasSize(1)).body("data[0].size", equalTo(65));
    }

    @Test
    void deletedCustomerIsNotListed() {
        var first = create(BY_EMAIL);
        var second = create(BY_BOTH);
        groups().body("data", hasSize(1));

        TestDatabase.execute("DELETE FROM customer WHERE id = ?::uuid", second);

        groups().body("data", empty());
        assertThat(tenant.get(first).statusCode()).isEqualTo(200);
    }

    @Test
    void pagesListEachGroupOnceBestFirst() {
        String[] names = {"Ana Costa", "Robert Brown", "Kofi Mensah", "Yuki Tanaka", "Olga Petrova"};
        for (int i = 0; i < names.length; i++) {
            var body = "{\"name\":\"" + names[i] + "\",\"phone\":\"+55 11 9" + (30_000_000 + 4_567_891 * i) + "\"}";
            create(body);
            create(body);
            create(body);
        }
        tenant.awaitCompared();
        Set<String> seen = new HashSet<>();
        List<Float> scores = new ArrayList<>();
        var cursor = "";

        do {
            var call = tenant.call().queryParam("page_size", 2);
            var page = (cursor.isEmpty() ? call : call.queryParam("cursor", cursor))
                    .get(GROUPS)
                    .then()
                    .statusCode(200)
                    .body("data.size.unique()", contains(3))
                    .body("meta.total_count", equalTo(5))
                    .extract()
                    .jsonPath();
            page.<String>getList("data.id")
                    .forEach(id -> assertThat(seen.add(id)).isTrue());
            scores.addAll(page.getList("data.score", Float.class));
            cursor = page.getString("meta.next_cursor");
        } while (cursor != null);

        assertThat(seen).hasSize(5);
        assertThat(scores).isSortedAccordingTo(Comparator.reverseOrder());
        tenant.call()
                .queryParam("page_size", 2)
                .queryParam("page", 3)
                .get(GROUPS)
                .then()
                .body("data", hasSize(1))
                .body("meta.total_pages", equalTo(3));
    }

    @Test
    void callerWithLocationSeesCustomersThere() {
        var here = create(BY_EMAIL.replace("}", ",\"location_id\":\"l1\"}"));
        var alsoHere = create(BY_BOTH.replace("}", ",\"location_id\":\"l1\"}"));
        create(BY_BOTH.replace("}", ",\"location_id\":\"l2\"}"));
        create(BY_PHONE.replace("}", ",\"location_id\":\"l2\"}"));
        var confined = TestTokens.with(claims -> {
            claims.setSubject("tester");
            claims.setStringClaim("tenant", tenant.name());
            claims.setStringClaim("scope", "customers:read");
            claims.setStringClaim("location", "l1");
        });
        groups().body("data.size", contains(4));

        TestTenant.call(confined)
                .get(GROUPS)
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].size", equalTo(2))
                .body("data[0].customers.id", containsInAnyOrder(here, alsoHere));
    }

    @ParameterizedTest
    @CsvSource({"min_score,1.1", "page_size,0", "cursor,abc"})
    void invalidQueryParameterReturns400(String parameter, String value) {
        tenant.call()
                .queryParam(parameter, value)
                .get(GROUPS)
                .then()
                .statusCode(400)
                .body("errors.field", contains(parameter));
    }

    @Test
    void cursorOfPairsReturns400() {
        create(BY_BOTH);
        create(BY_BOTH);
        create(BY_BOTH);
        tenant.awaitCompared();
        String cursor =
                tenant.call().queryParam("page_size", 1).get("/v1/duplicates").path("meta.next_cursor");

        tenant.call().queryParam("cursor", cursor).get(GROUPS).then().statusCode(400);
    }
}
