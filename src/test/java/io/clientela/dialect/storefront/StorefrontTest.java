package io.clientela.dialect.storefront;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.clientela.dialect.ExampleShape;
import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations of a storefront's staff. */
@QuarkusTest
class StorefrontTest extends ApiTest {
    private static final String PATH = "/api/customers";
    private static final String JANE = "{\"name\":\"Jane Smith\",\"email\":\"jane@example.com\",\"notes\":\"VIP\"}";

    private final TestTenant tenant = TestTenant.fresh();

    private JsonPath jane() {
        return tenant.create(JANE);
    }

    private static String path(JsonPath customer) {
        return PATH + "/" + customer.getLong("number");
    }

    private void add(JsonPath customer, String items, String body) {
        tenant.json(body)
                .post(CUSTOMERS + "/" + customer.getString("id") + items)
                .then()
                .statusCode(201);
    }

    private ValidatableResponse update(JsonPath customer, String body) {
        return tenant.json(body.replace('\'', '"')).put(path(customer)).then();
    }

    private ValidatableResponse own(JsonPath customer) {
        return tenant.get(customer.getString("id")).then();
    }

    @Test
    void listIsAsDocumented() {
        jane();

        var answer = tenant.call().get(PATH).then().statusCode(200).extract();

        ExampleShape.of("storefront/list").ofPlaceholders().assertMatches(answer.asString());
        assertThat(answer.jsonPath().getMap("items[0]")).hasSize(9).containsEntry("email", "jane@example.com");
    }

    @Test
    void customerIsAsDocumented() {
        var jane = jane();

        var answer =
                tenant.call().get(path(jane)).then().statusCode(200).extract().asString();

        ExampleShape.of("storefront/customer").ofPlaceholders().assertMatches(answer);
    }

    @Test
    void customerHasOrdersAndAddresses() {
        var jane = jane();
        for (int i = 0; i < 22; i++) {
            add(
                    jane,
                    "/orders",
                    "{\"number\":\"" + i + "\",\"total\":" + (10 + i) + ",\"placed_at\":\"2026-01-01T00:00:" + (10 + i)
                            + "Z\"}");
        }
        add(jane, "/addresses", "{\"line1\":\"Rua A\"}");
        add(jane, "/addresses", "{\"line1\":\"Rua B\"}");

        tenant.call()
                .get(path(jane))
                .then()
                .statusCode(200)
                .body("id", equalTo(jane.getInt("number")))
                .body("stats.total_orders", equalTo(22))
                .body("stats.total_spent", equalTo("451.00"))
                .body("stats.avg_order_value", equalTo("20.50"))
                .body("stats.first_order_date", equalTo("2026-01-01"))
                .body("orders.size()", equalTo(20))
                .body("orders[0].number", equalTo("21"))
                .body("orders[0].total", equalTo("31.00"))
                .body("addresses.line1", contains("Rua A", "Rua B"))
                .body("segment", equalTo(tenant.get(jane.getString("id")).path("segment")))
                .body("admin_notes", equalTo("VIP"));
    }

    @Test
    void customerHasAllAddresses() {
        var jane = jane();
        TestDatabase.execute(
                "INSERT INTO customer_address (tenant_id, id, customer_id, origin_id, line1, created_at, updated_at)"
                        + " SELECT ?, gen_random_uuid(), ?::uuid, ?::uuid, 'Rua ' || n, now() + n * interval '1 s', now()"
                        + " FROM generate_series(1, 450) AS n",
                tenant.name(),
                jane.getString("id"),
                jane.getString("id"));

        tenant.call()
                .get(path(jane))
                .then()
                .body("addresses.size()", equalTo(450))
                .body("addresses[449].line1", equalTo("Rua 450"));
        tenant.call()
                .get("/v2/" + tenant.name() + "/customers/" + jane.getLong("number") + "/addresses")
                .then()
                .body("data.size()", equalTo(450));
    }

    @Test
    void unknownTextsAreEmpty() {
        var acme = tenant.create("{\"type\":\"company\",\"company_name\":\"ACME\"}");

        tenant.call()
                .get(path(acme))
                .then()
                .body("email", equalTo(""))
                .body("first_name", equalTo(""))
                .body("last_name", equalTo(""))
                .body("phone", nullValue())
                .body("stats.total_spent", equalTo("0.00"))
                .body("stats.avg_order_value", equalTo("0.00"))
                .body("admin_notes", nullValue())
                .body("created_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"));
    }

    @Test
    void updateIsAsDocumented() {
        var jane = jane();

        var answer = update(jane, "{'first_name':null,'last_name':null,'phone':null,'is_active':null}")
                .statusCode(200)
                .extract()
                .asString();

        ExampleShape.of("storefront/profile").ofPlaceholders().assertMatches(answer);
        own(jane).body("version", equalTo(1));
    }

    @Test
    void updateChangesOnlySentFields() {
        var jane = jane();
        tenant.patch(jane.getString("id"), "{\"tags\":[\"a\"],\"attributes\":{\"x\":1},\"phone\":\"+5511999998888\"}");

        update(jane, "{'first_name':'Joan','phone':''}")
                .statusCode(200)
                .body("first_name", equalTo("Joan"))
                .body("last_name", equalTo("Smith"))
                .body("phone", nullValue());

        own(jane)
                .body("name", equalTo("Joan Smith"))
                .body("tags", contains("a"))
                .body("attributes.x", equalTo(1))
                .body("notes", equalTo("VIP"))
                .body("email", equalTo("jane@example.com"));
    }

    @Test
    void activityIsStatus() {
        var jane = jane();

        update(jane, "{'is_active':false}").statusCode(200).body("is_active", equalTo(false));
        own(jane).body("status", equalTo("inactive"));
        update(jane, "{'is_active':true}").statusCode(200).body("is_active", equalTo(true));
        own(jane).body("status", equalTo("active"));
    }

    @Test
    void blockedCustomerStaysBlocked() {
        var jane = jane();
        tenant.patch(jane.getString("id"), "{\"status\":\"blocked\"}");

        tenant.call().get(path(jane)).then().body("is_active", equalTo(false));
        update(jane, "{'is_active':false,'first_name':'Joan'}")
                .statusCode(200)
                .body("is_active", equalTo(false))
                .body("first_name", equalTo("Joan"));
        update(jane, "{'is_active':true}")
                .statusCode(403)
                .header("X-Problem-Code", "account_blocked")
                .body("detail", startsWith("The customer is blocked"));
        own(jane).body("status", equalTo("blocked"));
    }

    /** One who is blocked meanwhile stays blocked, whatever the order. */
    @Test
    void blockDuringUpdateIsKept() {
        for (int round = 0; round < 5; round++) {
            var jane = jane();
            Parallel.sendUntilServed(
                    8,
                    i -> i == 0
                            ? tenant.request(CUSTOMERS + "/" + jane.getString("id"))
                                    .method("PATCH", BodyPublishers.ofString("{\"status\":\"blocked\"}"))
                                    .build()
                            : tenant.request(path(jane))
                                    .PUT(BodyPublishers.ofString("{\"is_active\":" + (i % 2 == 0) + "}"))
                                    .build());
            own(jane).body("status", equalTo("blocked"));
        }
    }

    @Test
    void roleIsAsDocumented() {
        var jane = jane();

        var answer = tenant.json("{\"role\":\"staff\"}")
                .put(path(jane) + "/role")
                .then()
                .statusCode(200)
                .body("role", equalTo("staff"))
                .extract()
                .asString();

        ExampleShape.of("storefront/role").ofPlaceholders().assertMatches(answer);
        own(jane).body("role", equalTo("staff"));
    }

    @Test
    void overviewIsAsDocumented() {
        var jane = jane();
        add(jane, "/orders", "{\"total\":10,\"placed_at\":\"" + Instant.now() + "\"}");
        tenant.create("{\"name\":\"Bia\",\"status\":\"inactive\"}");

        var answer = tenant.call()
                .get(PATH + "/analytics/overview")
                .then()
                .statusCode(200)
                .body("total_customers", equalTo(2))
                .body("new_this_month", equalTo(2))
                .body("active_rate", equalTo(0.5f))
                .body("segments.lead", equalTo(1))
                .body("segments.new", equalTo(1))
                .body("top_customers[0].id", equalTo(jane.getInt("number")))
                .body("top_customers[0].email", equalTo("jane@example.com"))
                .body("top_customers[0].total_spent", equalTo("10.00"))
                .extract()
                .jsonPath();

        assertThat(answer.getMap("$"))
                .containsOnlyKeys("total_customers", "new_this_month", "active_rate", "segments", "top_customers");
    }

    @Test
    void overviewOfNobodyIsAsDocumented() {
        ExampleShape.of("storefront/overview")
                .ofPlaceholders()
                .assertMatches(tenant.call().get(PATH + "/analytics/overview").asString());
    }

    @Test
    void exportIsCsvFile() {
        jane();

        for (String accepted : List.of("*/*", "application/json", "text/csv")) {
            var answer = tenant.call()
                    .accept(accepted)
                    .get(PATH + "/export")
                    .then()
                    .statusCode(200)
                    .contentType(containsString("text/csv"))
                    .header("Content-Disposition", matchesPattern("attachment; filename=\"customers-.*\\.csv\""))
                    .header("Cache-Control", "no-store")
                    .extract()
                    .asString();
            assertThat(answer.lines()).hasSize(2);
            assertThat(answer).startsWith("id,number,").contains("jane@example.com");
        }
    }

    @Test
    void listHasPagesAndFilters() {
        IntStream.range(0, 5).forEach(i -> tenant.createNamed("Ana " + i));
        jane();

        tenant.call()
                .get(PATH + "?search=ana&page=2&page_size=2&segment=lead")
                .then()
                .statusCode(200)
                .body("items.last_name", contains("2", "3"))
                .body("total", equalTo(5))
                .body("page", equalTo(2))
                .body("page_size", equalTo(2))
                .body("pages", equalTo(3));
        tenant.call()
                .get(PATH + "?segment=vip")
                .then()
                .body("total", equalTo(0))
                .body("pages", equalTo(0));
    }

    @Test
    void numberOfMergedCustomerMeansSurvivor() {
        var target = jane();
        var source = tenant.create("{\"name\":\"Source\"}");
        tenant.json("{\"target_id\":\"" + target.getString("id") + "\",\"source_ids\":[\"" + source.getString("id")
                        + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200);

        int survivor = target.getInt("number");
        tenant.call().get(path(source)).then().statusCode(200).body("id", equalTo(survivor));
        update(source, "{'first_name':'Joan','is_active':false}")
                .statusCode(200)
                .body("id", equalTo(survivor))
                .body("first_name", equalTo("Joan"));
        tenant.json("{\"role\":\"staff\"}")
                .put(path(source) + "/role")
                .then()
                .statusCode(200)
                .body("id", equalTo(survivor));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'phone':'x'}      | phone      | value_error     | is not a phone number",
                "{'is_active':'x'}  | is_active  | type_error      | must be true or false",
                "{'is_active':1}    | is_active  | type_error      | must be true or false",
                "{'first_name':1}   | first_name | type_error      | must be a string",
                "{'email':'a@b.co'} | email      | extra_forbidden | is not a field",
                "{'status':'active'}| status     | extra_forbidden | is not a field"
            })
    void invalidFieldReturns422(String body, String field, String type, String message) {
        update(jane(), body)
                .statusCode(422)
                .header("X-Problem-Code", "validation_failed")
                .body("detail.size()", equalTo(1))
                .body("detail[0].loc", contains("body", field))
                .body("detail[0].type", equalTo(type))
                .body("detail[0].msg", startsWith(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "", "null"})
    void malformedJsonReturns422(String body) {
        var jane = jane();

        for (String path : List.of(path(jane), path(jane) + "/role")) {
            tenant.json(body)
                    .put(path)
                    .then()
                    .statusCode(422)
                    .header("X-Problem-Code", "malformed_json")
                    .body("detail[0].loc", contains("body"))
                    .body("detail[0].type", equalTo("json_invalid"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"role\":null}"})
    void missingRoleReturns422(String body) {
        tenant.json(body)
                .put(path(jane()) + "/role")
                .then()
                .statusCode(422)
                .body("detail[0].loc", contains("body", "role"))
                .body("detail[0].type", equalTo("missing"))
                .body("detail[0].msg", equalTo("is required"));
    }

    @ParameterizedTest
    @CsvSource({"page=0, page", "page_size=201, page_size", "segment=gold, segment", "surprise=1, surprise"})
    void invalidParameterReturns422(String query, String name) {
        tenant.call()
                .get(PATH + "?" + query)
                .then()
                .statusCode(422)
                .header("X-Problem-Code", "invalid_parameter")
                .body("detail[0].loc", contains("query", name));
    }

    @ParameterizedTest
    @CsvSource({"0, 404", "-1, 404", "999999999999999, 404", "x, 422", "1.5, 422"})
    void idOfNobodyIsRejected(String id, int status) {
        var get = tenant.call().get(PATH + "/" + id).then().statusCode(status);
        var put = tenant.json("{\"first_name\":\"Thief\"}")
                .put(PATH + "/" + id)
                .then()
                .statusCode(status);
        var role = tenant.json("{\"role\":\"thief\"}")
                .put(PATH + "/" + id + "/role")
                .then()
                .statusCode(status);

        if (status == 404) {
            get.body("detail", equalTo("Not Found"));
        } else {
            put.body("detail[0].loc", contains("path", "customer_id"));
            role.body("detail[0].loc", contains("path", "user_id"));
        }
    }

    @Test
    void customerOfAnotherTenantReturns404() {
        var jane = jane();
        var other = TestTenant.fresh();

        other.call().get(path(jane)).then().statusCode(404);
        other.json("{\"first_name\":\"Thief\"}").put(path(jane)).then().statusCode(404);
        other.json("{\"role\":\"thief\"}").put(path(jane) + "/role").then().statusCode(404);
        own(jane).body("version", equalTo(1));
    }

    @Test
    void scopesAreRequired() {
        var jane = jane();

        given().get(PATH)
                .then()
                .statusCode(401)
                .header("X-Problem-Code", "unauthenticated")
                .body("detail", equalTo("Not authenticated"));
        TestTenant.call("abc.def.ghi").get(PATH).then().statusCode(401).body("detail", equalTo("Not authenticated"));
        TestTenant.call(TestTokens.of(tenant.name(), jane.getString("id"), "customers:self"))
                .get(path(jane))
                .then()
                .statusCode(403)
                .body("detail", containsString("customers:read"));
        tenant.callWith("customers:read", "customers:write")
                .contentType("application/json")
                .body("{\"role\":\"x\"}")
                .put(path(jane) + "/role")
                .then()
                .statusCode(403)
                .body("detail", containsString("customers:admin"));
    }

    @Test
    void historyNamesDialect() {
        var jane = jane();
        update(jane, "{'is_active':false}").statusCode(200);

        tenant.call()
                .get(CUSTOMERS + "/" + jane.getString("id") + "/history")
                .then()
                .body("data[0].details.dialect", equalTo("storefront"))
                .body("data[0].changes.status.to", equalTo("inactive"));
    }
}
