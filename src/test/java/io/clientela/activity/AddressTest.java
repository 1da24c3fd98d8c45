package io.clientela.activity;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The structured addresses of a customer. */
@QuarkusTest
class AddressTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();
    private String customer;
    private String path;

    @BeforeEach
    void create() {
        customer = tenant.createNamed("Jane");
        path = CUSTOMERS + "/" + customer + "/addresses";
    }

    private String add(String body) {
        return tenant.json(body).post(path).then().statusCode(201).extract().path("id");
    }

    private List<String> defaults() {
        return tenant.call().get(path).jsonPath().getList("data.findAll { it.is_default }.id");
    }

    @Test
    void addedAddressCanBeRead() {
        var added = tenant.json("""
                {"label":"home","line1":"Av. Paulista, 1000","line2":"apto 42",
                 "district":"Bela Vista","city":"São Paulo","state":"SP",
                 "postal_code":"01310-100","country":"BR"}""")
                .post(path)
                .then()
                .statusCode(201)
                .header("Location", matchesPattern(".*" + path + "/[0-9a-f-]{36}"))
                .body("label", equalTo("home"))
                .body("is_default", equalTo(true))
                .extract();
        assertThat(added.jsonPath().getMap("").keySet())
                .containsExactly(
                        "id",
                        "label",
                        "line1",
                        "line2",
                        "district",
                        "city",
                        "state",
                        "postal_code",
                        "country",
                        "is_default",
                        "created_at",
                        "updated_at");

        var read = tenant.call()
                .get(added.header("Location"))
                .then()
                .statusCode(200)
                .extract();
        assertThat(read.asString()).isEqualTo(added.asString());

        var listed = tenant.call().get(path).then().statusCode(200).extract().jsonPath();
        assertThat(listed.getMap("data[0]")).isEqualTo(added.jsonPath().getMap(""));
        assertThat(listed.getInt("meta.total_count")).isEqualTo(1);
    }

    @Test
    void patchKeepsAbsentAndClearsNullFields() {
        var id = add("{\"label\":\"home\",\"line1\":\"A\",\"city\":\"B\"}");

        tenant.call()
                .contentType("application/merge-patch+json")
                .body("{\"label\":null,\"city\":\"C\"}")
                .patch(path + "/" + id)
                .then()
                .statusCode(200)
                .body("label", nullValue())
                .body("line1", equalTo("A"))
                .body("city", equalTo("C"))
                .body("is_default", equalTo(true));
        tenant.json("{\"line2\":\"D\"}")
                .put(path + "/" + id)
                .then()
                .statusCode(200)
                .body("line1", equalTo("A"))
                .body("line2", equalTo("D"));
        tenant.call()
                .get(CUSTOMERS + "/" + customer + "/history")
                .then()
                .body(
                        "data.type",
                        equalTo(List.of("address.updated", "address.updated", "address.added", "customer.created")))
                .body("data[1].details.address_id", equalTo(id))
                .body("data[1].details.changes.city.from", equalTo("B"))
                .body("data[1].details.changes.city.to", equalTo("C"))
                .body("data[1].details.changes.label.to", nullValue())
                .body("data[1].details.changes.size()", equalTo(2))
                .body("data[1].changes.size()", equalTo(0))
                .body("data[1].version", equalTo(3));
    }

    @Test
    void patchWithoutEffectWritesNothing() {
        var id = add("{\"line1\":\"A\"}");
        var before = tenant.call().get(path + "/" + id).asString();
        tenant.json("{\"line1\":\"A\",\"city\":null,\"is_default\":true}")
                .patch(path + "/" + id)
                .then()
                .statusCode(200);

        assertThat(tenant.call().get(path + "/" + id).asString()).isEqualTo(before);
        tenant.get(customer).then().body("version", equalTo(2));
    }

    @Test
    void removedAddressStaysInHistory() {
        var id = add("{\"line1\":\"A\"}");
        tenant.call().delete(path + "/" + id).then().statusCode(204);

        tenant.call().get(path + "/" + id).then().statusCode(404);
        tenant.call().delete(path + "/" + id).then().statusCode(404);
        tenant.call().get(path).then().statusCode(200).body("data.size()", equalTo(0));
        tenant.call()
                .get(CUSTOMERS + "/" + customer + "/history")
                .then()
                .body("data[0].type", equalTo("address.removed"))
                .body("data[0].details.changes.line1.from", equalTo("A"))
                .body("data[0].details.changes.line1.to", nullValue());
    }

    @Test
    void customerHasOneDefaultAddressAtMost() {
        var first = add("{\"line1\":\"1\"}");
        var second = add("{\"line1\":\"2\"}");

        assertThat(defaults()).containsExactly(first);

        var third = add("{\"line1\":\"3\",\"is_default\":true}");
        assertThat(defaults()).containsExactly(third);

        tenant.json("{\"is_default\":true}").patch(path + "/" + second).then().statusCode(200);
        assertThat(defaults()).containsExactly(second);

        tenant.json("{\"is_default\":false}").patch(path + "/" + second).then().statusCode(200);
        assertThat(defaults()).isEmpty();

        add("{\"line1\":\"4\"}");
        assertThat(defaults()).isEmpty();
    }

    @Test
    void concurrentDefaultsLeaveOneDefaultAddress() {
        var ids = List.of(add("{\"line1\":\"1\"}"), add("{\"line1\":\"2\"}"), add("{\"line1\":\"3\"}"));

        var responses = Parallel.sendUntilServed(
                18,
                i -> i % 2 == 0
                        ? tenant.request(path)
                                .POST(BodyPublishers.ofString("{\"line1\":\"x\",\"is_default\":true}"))
                                .build()
                        : tenant.request(path + "/" + ids.get(i % 3))
                                .method("PATCH", BodyPublishers.ofString("{\"is_default\":true}"))
                                .build());

        assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(200, 201);
        assertThat(defaults()).hasSize(1);
    }

    @Test
    void addressesAreListedOldestFirst() {
        for (int i = 1; i <= 5; i++) {
            add("{\"line1\":\"" + i + "\"}");
        }
        tenant.call()
                .get(path + "?page=2&page_size=2")
                .then()
                .statusCode(200)
                .body("data.line1", equalTo(List.of("3", "4")))
                .body("meta.total_pages", equalTo(3));

        String cursor = tenant.call().get(path + "?page_size=2").path("meta.next_cursor");
        tenant.call()
                .get(path + "?page_size=2&count=none&cursor=" + cursor)
                .then()
                .statusCode(200)
                .body("data.line1", equalTo(List.of("3", "4")))
                .body("meta.total_count", nullValue());
        tenant.call()
                .get(CUSTOMERS + "/" + customer + "/calls?cursor=" + cursor)
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                        | /line1       | required
            {"label":"x","is_default":true}           | /line1       | required
            {"line1":"x","country":"br"}              | /country     | invalid_value
            {"line1":"x","country":"XX"}              | /country     | invalid_value
            {"line1":"x","country":7}                 | /country     | invalid_type
            {"line1":"x","is_default":"yes"}          | /is_default  | invalid_type
            {"line1":"x","zip":"1"}                   | /zip         | unknown_field
            {"line1":"x","id":"1"}                    | /id          | unknown_field
            {"line1":"x","postal_code":"123456789012345678901"} | /postal_code | invalid_length
            {"line1":"\\u0000"}                       | /line1       | invalid_text
            """)
    void addWithInvalidFieldReturns422(String body, String field, String code) {
        tenant.json(body)
                .post(path)
                .then()
                .statusCode(422)
                .body("errors.field", hasItem(field))
                .body("errors.code", hasItem(code));
        tenant.get(customer).then().body("version", equalTo(1));
    }

    @Test
    void addListsEveryInvalidField() {
        var longText = "x".repeat(201);

        tenant.json("{\"label\":\"" + longText + "\",\"line1\":\"" + longText + "\",\"line2\":\"" + longText
                        + "\",\"district\":\"" + longText + "\",\"city\":\"" + longText + "\",\"state\":\"" + longText
                        + "\",\"postal_code\":\"" + longText + "\",\"country\":\"Brazil\",\"is_default\":1,\"x\":1}")
                .post(path)
                .then()
                .statusCode(422)
                .body("errors.size()", equalTo(10));
    }

    @Test
    void clearingTheLocationReturns422() {
        var id = add("{\"line1\":\"x\"}");

        tenant.json("{\"line1\":null}")
                .patch(path + "/" + id)
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/line1"));
    }

    @Test
    void unknownCustomerOrAddressReturns404() {
        var unknownCustomer = CUSTOMERS + "/01a206b1-07c5-75e2-9203-3557b63c9ad8/addresses";
        tenant.call().get(unknownCustomer).then().statusCode(404);
        tenant.json("{\"line1\":\"x\"}").post(unknownCustomer).then().statusCode(404);
        tenant.call().get(CUSTOMERS + "/x/addresses").then().statusCode(404);
        tenant.call().get(path + "/x").then().statusCode(404);

        var id = add("{\"line1\":\"x\"}");
        var other = tenant.createNamed("Other");
        tenant.call().get(CUSTOMERS + "/" + other + "/addresses/" + id).then().statusCode(404);
        tenant.call()
                .delete(CUSTOMERS + "/" + other + "/addresses/" + id)
                .then()
                .statusCode(404);
        tenant.json("{\"line1\":\"y\"}")
                .patch(CUSTOMERS + "/" + other + "/addresses/" + id)
                .then()
                .statusCode(404);
    }
}
