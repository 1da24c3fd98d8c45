package io.clientela.dialect.location;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.dialect.ExampleShape;
import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dialect of a business location. */
@QuarkusTest
class LocationApiTest extends ApiTest {
    private static final String PATH = "/api/location/v1/customers";
    private static final String JANE = """
            {"name": "Jane Smith", "address": "1 Main Street, Springfield", "email": "jane@example.com",
             "phone": "+1 (800) 123-4567", "avatar": "https://example.com/jane.png", "company_name": "Smith & Co",
             "tags": ["vip", "web"], "source": "website"}""";

    private final TestTenant tenant = TestTenant.fresh();
    private String key;

    @BeforeEach
    void createKey() {
        key = key("loc-1");
    }

    private String key(String location) {
        return tenant.createApiKey(
                        "\"scopes\":[\"customers:read\",\"customers:write\"],\"location\":\"" + location + "\"")
                .getString("key");
    }

    private ValidatableResponse post(String path, String body) {
        return TestTenant.call(key)
                .contentType("application/json")
                .body(body)
                .post(PATH + path)
                .then();
    }

    private String create(String body) {
        return post("", body).statusCode(201).extract().path("body.id");
    }

    private ValidatableResponse upsert(String body) {
        return post("/upsert", body.replace('\'', '"'));
    }

    private ValidatableResponse put(String id, String body) {
        return TestTenant.call(key)
                .contentType("application/json")
                .body(body)
                .put(PATH + "/" + id)
                .then();
    }

    private ValidatableResponse get(String path) {
        return TestTenant.call(key).get(PATH + path).then();
    }

    private ValidatableResponse delete(String id) {
        return TestTenant.call(key).delete(PATH + "/" + id).then();
    }

    @Test
    void createIsAsDocumented() {
        var answer = post("", JANE).statusCode(201).extract().asString();

        ExampleShape.of("location/created").withOwnTimestamps().assertMatches(answer);
    }

    @Test
    void listIsAsDocumented() {
        create("{\"name\":\"Jane Smith\"}");
        create("{\"name\":\"Ana\"}");

        var answer =
                get("?q=jane&page=1&page_size=20").statusCode(200).extract().asString();

        ExampleShape.of("location/list")
                .withOwnTimestamps()
                .assertMatches(answer.replace("\"location_id\":\"loc-1\"", "\"location_id\":null"));
    }

    @Test
    void listHasPages() {
        for (int i = 0; i < 5; i++) {
            create("{\"name\":\"Jane " + i + "\"}");
        }

        get("?page=2&page_size=2")
                .body("body.customers.name", contains("Jane 2", "Jane 3"))
                .body("body.pagination.page", equalTo(2))
                .body("body.pagination.total", equalTo(5))
                .body("body.pagination.pages", equalTo(3));
    }

    @Test
    void getUpdateAndDeleteAreAsDocumented() {
        var id = create(JANE);
        tenant.patch(id, "{\"notes\":\"n\",\"attributes\":{\"x\":1}}");

        get("/" + id)
                .statusCode(200)
                .body("success", equalTo(true))
                .body("message", equalTo("Customer fetched!"))
                .body("body.id", equalTo(id));
        put(id, "{\"name\":\"Jane A. Smith\",\"tags\":[\"new\"],\"phone\":\"\",\"source\":\"shop\"}")
                .statusCode(200)
                .body("message", equalTo("Customer updated!"))
                .body("body.name", equalTo("Jane A. Smith"))
                .body("body.tags", contains("new"))
                .body("body.phone", nullValue())
                .body("body.email", equalTo("jane@example.com"));
        tenant.get(id).then().body("notes", equalTo("n")).body("attributes.x", equalTo(1));
        ExampleShape.of("location/deleted")
                .assertMatches(delete(id).statusCode(200).extract().asString());
        get("/" + id)
                .statusCode(404)
                .body("success", equalTo(false))
                .body("errors", empty())
                .body("message", containsString("no such resource"));
    }

    @Test
    void createTakesStatus() {
        post("", "{\"name\":\"Jane\",\"status\":\"inactive\",\"location_id\":\"loc-1\"}")
                .statusCode(201)
                .body("body.status", equalTo("inactive"))
                .body("body.location_id", equalTo("loc-1"));
    }

    @Test
    void upsertCreatesThenUpdates() {
        var id = upsert("{'name':'Jane','email':'jane@example.com','tags':['a']}")
                .statusCode(200)
                .body("message", equalTo("Customer upserted!"))
                .body("success", equalTo(true))
                .extract()
                .path("body.id");

        upsert("{'name':'Jane S.','email':'JANE@example.com','phone':'+1 (800) 123-4567','address':''}")
                .statusCode(200)
                .body("body.id", equalTo(id))
                .body("body.name", equalTo("Jane S."))
                .body("body.tags", contains("a"));
        get("").body("body.pagination.total", equalTo(1));
    }

    /** A form that was not filled in clears nothing. */
    @Test
    void upsertWithEmptyTextKeepsField() {
        upsert("{'name':'Jane','email':'jane@example.com','phone':'+1 (800) 123-4567'}");

        upsert("{'name':'','email':'jane@example.com','phone':''}")
                .statusCode(200)
                .body("body.name", equalTo("Jane"))
                .body("body.phone", equalTo("+1 (800) 123-4567"));
    }

    @Test
    void addedTagsGoBesideTags() {
        upsert("{'name':'Jane','email':'j@example.com','tags':['a','b']}");

        upsert("{'email':'j@example.com','added_tags':['c','a']}").body("body.tags", contains("a", "b", "c"));
        upsert("{'email':'j@example.com','tags':['d'],'added_tags':['e']}").body("body.tags", contains("d", "e"));
    }

    @Test
    void doNotUpdateReturnsCustomerAsItIs() {
        upsert("{'name':'Jane','email':'j@example.com','tags':['a']}");

        upsert("{'name':'Other','email':'j@example.com','tags':['b'],'added_tags':['c'],'do_not_update':true}")
                .statusCode(200)
                .body("message", equalTo("Customer upserted!"))
                .body("body.name", equalTo("Jane"))
                .body("body.tags", contains("a"));
        upsert("{'name':'New','email':'new@example.com','do_not_update':true}")
                .statusCode(200)
                .body("body.name", equalTo("New"));
    }

    @Test
    void contactsOfTwoCustomersReturn409() {
        var jane = create("{\"name\":\"Jane\",\"email\":\"j@example.com\"}");
        var ana = create("{\"name\":\"Ana\",\"phone\":\"+1 (800) 123-4567\"}");

        upsert("{'name':'X','email':'j@example.com','phone':'+1 (800) 123-4567'}")
                .statusCode(409)
                .header("X-Problem-Code", "ambiguous_match")
                .body("success", equalTo(false))
                .body("message", allOf(containsString(jane), containsString(ana), not(containsString("match_on"))));
    }

    @Test
    void concurrentUpsertsCreateOneCustomer() {
        var body = BodyPublishers.ofString("{\"name\":\"Jane\",\"email\":\"j@example.com\"}");

        var responses = Parallel.sendUntilServed(
                8, i -> tenant.request(PATH + "/upsert").POST(body).build());

        assertThat(responses).allMatch(response -> response.statusCode() == 200);

        tenant.call().get(PATH).then().body("body.pagination.total", equalTo(1));
    }

    @Test
    void concurrentUpsertsOfTwoApisCreateOneCustomer() {
        var body = BodyPublishers.ofString("{\"name\":\"Jane\",\"email\":\"j@example.com\"}");

        var responses = Parallel.sendUntilServed(8, i -> tenant.request((i % 2 == 0 ? PATH : CUSTOMERS) + "/upsert")
                .POST(body)
                .build());

        assertThat(responses).allMatch(response -> response.statusCode() < 300);
        tenant.call().get(CUSTOMERS).then().body("meta.total_count", equalTo(1));
    }

    @Test
    void idempotencyKeyOfAnotherApiReturns422() {
        var once = UUID.randomUUID().toString();
        var body = "{\"name\":\"Jane\",\"email\":\"j@example.com\"}";
        tenant.json(body).header("Idempotency-Key", once).post(CUSTOMERS).then().statusCode(201);

        tenant.json(body)
                .header("Idempotency-Key", once)
                .post(PATH)
                .then()
                .statusCode(422)
                .header("X-Problem-Code", "idempotency_key_reused")
                .body("success", equalTo(false));
    }

    @Test
    void otherLocationIsRejected() {
        var id = create(JANE);

        post("", "{\"name\":\"X\",\"location_id\":\"loc-2\"}")
                .statusCode(403)
                .header("X-Problem-Code", "location_forbidden")
                .body("success", equalTo(false));
        upsert("{'name':'X','email':'x@example.com','location_id':'loc-2'}").statusCode(403);
        upsert("{'email':'jane@example.com','location_id':'loc-2'}").statusCode(403);
        get("/" + id).body("body.location_id", equalTo("loc-1")).body("body.name", equalTo("Jane Smith"));
    }

    @Test
    void customersOfOtherLocationsAreNotFound() {
        var elsewhere = TestTenant.call(key("loc-2"))
                .contentType("application/json")
                .body(JANE)
                .post(PATH)
                .then()
                .statusCode(201)
                .body("body.location_id", equalTo("loc-2"))
                .extract()
                .<String>path("body.id");

        get("").body("body.customers", empty());
        get("/" + elsewhere).statusCode(404);
        put(elsewhere, "{\"name\":\"X\"}").statusCode(404);
        delete(elsewhere).statusCode(404);
        upsert("{'name':'Jane','email':'jane@example.com'}").statusCode(200).body("body.id", not(equalTo(elsewhere)));
    }

    @Test
    void mergedIdMeansSurvivor() {
        var target = create(JANE);
        var source = create("{\"name\":\"J. Smith\"}");
        tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200);

        get("/" + source).statusCode(200).body("body.id", equalTo(target));
        put(source, "{\"source\":\"x\"}").statusCode(200).body("body.id", equalTo(target));
        delete(source).statusCode(409).header("X-Problem-Code", "merged");
    }

    @Test
    void deleteRuleReturns409() {
        var id = create(JANE);
        tenant.json("{\"number\":\"1\",\"total\":1}").post(CUSTOMERS + "/" + id + "/orders");

        delete(id)
                .statusCode(409)
                .header("X-Problem-Code", "delete_refused")
                .body("success", equalTo(false))
                .body("message", containsString("forbid the delete"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "        | {}                                            | name          | is required",
                "        | {'name':'J','email':'x'}                      | email         | must be an e-mail address",
                "        | {'name':'J','avatar':'http://x'}              | avatar        | must be an https URL",
                "        | {'name':'J','tags':'a'}                       | tags          | must be an array",
                "        | {'name':'J','tags':['a','']}                  | tags          | must have 1 to 64 characters",
                "        | {'name':'J','status':'x'}                     | status        | must be one of active, inactive, blocked",
                "        | {'name':'J','added_tags':['a']}               | added_tags    | is not a field",
                "        | {'name':'J','notes':'n'}                      | notes         | is not a field",
                "/upsert | {'name':'J'}                                  | email         | or phone is required",
                "/upsert | {'name':'J','email':'','phone':null}          | email         | or phone is required",
                "/upsert | {'email':'j@example.com'}                     | name          | is required",
                "/upsert | {'email':'j@example.com','do_not_update':1}   | do_not_update | must be true or false",
                "/upsert | {'email':'j@example.com','added_tags':['']}   | added_tags    | must have 1 to 64 characters",
                "/upsert | {'email':'j@example.com','status':'active'}   | status        | is not a field",
                "/upsert | {'email':'j@example.com','match_on':[]}       | match_on      | is not a field"
            })
    void invalidFieldReturns422(String path, String body, String field, String message) {
        var errors = post(path == null ? "" : path, body.replace('\'', '"'))
                .statusCode(422)
                .body("success", equalTo(false))
                .extract()
                .jsonPath();

        assertThat(errors.<String>getList("errors.field")).containsOnly(field);
        assertThat(errors.getString("errors[0].message")).startsWith(message);
        assertThat(errors.getString("message")).startsWith(field + " " + message);
    }

    @Test
    void updateRejectsFieldsOfCreate() {
        var id = create(JANE);

        put(id, "{\"status\":\"blocked\",\"location_id\":\"loc-2\"}")
                .statusCode(422)
                .body("errors.field", contains("status", "location_id"));
    }

    @Test
    void idempotencyKeyReplaysUpsert() {
        var once = UUID.randomUUID().toString();
        var body = "{\"name\":\"Jane\",\"email\":\"j@example.com\"}";
        var call = TestTenant.call(key).contentType("application/json").header("Idempotency-Key", once);
        var first = call.body(body).post(PATH + "/upsert").asString();

        call.body(body)
                .post(PATH + "/upsert")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .body(equalTo(first));
    }

    @Test
    void historyNamesDialect() {
        var id = upsert("{'name':'Jane','email':'j@example.com'}").extract().path("body.id");

        tenant.call()
                .get(CUSTOMERS + "/" + id + "/history")
                .then()
                .body("data.details[0].dialect", equalTo("location"));
    }
}
