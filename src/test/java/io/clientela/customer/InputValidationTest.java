package io.clientela.customer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation of bodies, query parameters and path ids. */
@QuarkusTest
class InputValidationTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    @ParameterizedTest
    @ValueSource(strings = {"😀 Ana 👩‍👩‍👧", "محمد بن سلمان", "שרה כהן", "李小龍", "Ana\u202EairaM", "Zoë \uD835\uDD4F"})
    void createKeepsNamesInAnyScript(String name) {
        var id = tenant.create("{\"name\":\"" + name + "\"}").getString("id");
        assertThat(tenant.get(id).jsonPath().getString("name")).isEqualTo(name);

        tenant.call()
                .queryParam("search", name.substring(0, 3))
                .get(CUSTOMERS)
                .then()
                .statusCode(200);
    }

    @Test
    void createNormalisesTextToNfc() {
        var id = tenant.create("{\"name\":\"Jose\u0301\"}").getString("id");

        assertThat(tenant.get(id).jsonPath().getString("name")).isEqualTo("José");
    }

    @Test
    void lengthIsCountedInCodePoints() {
        tenant.create("{\"name\":\"" + "😀".repeat(200) + "\"}");

        tenant.json("{\"name\":\"" + "😀".repeat(201) + "\"}")
                .post(CUSTOMERS)
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("/name"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"a\\u0000b\"} | /name",
                "{\"name\":\"a\\ud800b\"} | /name",
                "{\"name\":\"J\",\"tags\":[\"ok\",\"\\udc00\"]} | /tags/1",
                "{\"name\":\"J\",\"attributes\":{\"a\":{\"b~/c\":\"\\u0000\"}}} | /attributes/a/b~0~1c",
                "{\"name\":\"J\",\"emial\":\"x@example.com\"} | /emial",
                "{\"name\":123} | /name",
                "{\"name\":[\"J\"]} | /name",
                "{\"name\":\" \"} | /name",
                "{} | /name",
                "{\"name\":\"J\",\"email\":\"no-at-sign\"} | /email",
                "{\"name\":\"J\",\"email\":\"\"} | /email",
                "{\"name\":\"J\",\"phone\":\"call me\"} | /phone",
                "{\"name\":\"J\",\"phone\":\"12\"} | /phone",
                "{\"name\":\"J\",\"document\":\"...\"} | /document",
                "{\"name\":\"J\",\"birthday\":\"29/02/1987\"} | /birthday",
                "{\"name\":\"J\",\"birthday\":\"1987-02-29\"} | /birthday",
                "{\"name\":\"J\",\"birthday\":[1987,2,28]} | /birthday",
                "{\"name\":\"J\",\"birthday\":\"2999-01-01\"} | /birthday",
                "{\"name\":\"J\",\"value\":\"12\"} | /value",
                "{\"name\":\"J\",\"value\":1.234} | /value",
                "{\"name\":\"J\",\"value\":1e999999999} | /value",
                "{\"name\":\"J\",\"auto_payment\":\"true\"} | /auto_payment",
                "{\"name\":\"J\",\"auto_payment\":1} | /auto_payment",
                "{\"name\":\"J\",\"status\":0} | /status",
                "{\"name\":\"J\",\"status\":\"\"} | /status",
                "{\"name\":\"J\",\"type\":\"robot\"} | /type",
                "{\"name\":\"J\",\"avatar\":\"http://a.example/x\"} | /avatar",
                "{\"name\":\"J\",\"tags\":\"vip\"} | /tags",
                "{\"name\":\"J\",\"tags\":[\"\"]} | /tags/0",
                "{\"name\":\"J\",\"tags\":[null]} | /tags/0",
                "{\"name\":\"J\",\"preferences\":{\"newsletter\":\"yes\"}} | /preferences/newsletter",
                "{\"name\":\"J\",\"preferences\":{\"fax\":true}} | /preferences/fax",
                "{\"name\":\"J\",\"attributes\":[]} | /attributes",
                "{\"name\":\"J\",\"cluster_id\":\"x\"} | /cluster_id",
                "{\"name\":\"J\",\"social\":\"google\"} | /social"
            })
    void createWithInvalidFieldReturns422(String body, String field) {
        tenant.json(body)
                .post(CUSTOMERS)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("validation_failed"))
                .body("errors.field", equalTo(List.of(field)));
        tenant.call().get(CUSTOMERS).then().body("data", hasSize(0));
    }

    @Test
    void createListsEveryInvalidField() {
        tenant.json("""
                {"emial":1,"name":5,"phone":"x","value":"y","tags":[1,"a",2],"birthday":"z"}""")
                .post(CUSTOMERS)
                .then()
                .statusCode(422)
                .body("errors", hasSize(7))
                .body("errors.field", hasItem("/tags/2"));
    }

    @Test
    void createEnforcesCollectionLimits() {
        var fifty = IntStream.range(0, 50).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(","));
        tenant.create("{\"name\":\"J\",\"tags\":[" + fifty + ",\" t0 \"]}");

        tenant.json("{\"name\":\"J\",\"tags\":[" + fifty + ",\"t50\"]}")
                .post(CUSTOMERS)
                .then()
                .statusCode(422);
        tenant.json("{\"name\":\"J\",\"attributes\":{\"a\":\"" + "x".repeat(17_000) + "\"}}")
                .post(CUSTOMERS)
                .then()
                .statusCode(422);

        var keys = IntStream.range(0, 51).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));
        tenant.json("{\"name\":\"J\",\"attributes\":{" + keys + "}}")
                .post(CUSTOMERS)
                .then()
                .statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"x\"",
                "{\"name\":\"a\"} x",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{name:1}",
                "{\"value\":NaN}"
            })
    void bodyOtherThanJsonObjectReturns400(String body) {
        tenant.call()
                .contentType(ContentType.JSON)
                .body(body)
                .post(CUSTOMERS)
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
    }

    @Test
    void bodyNotInUtf8Returns400() {
        byte[] latin1 = "{\"name\":\"José\"}".getBytes(StandardCharsets.ISO_8859_1);

        tenant.call()
                .contentType(ContentType.JSON)
                .body(latin1)
                .post(CUSTOMERS)
                .then()
                .statusCode(400);
    }

    @Test
    void tooDeepJsonReturns400() {
        var deep = "{\"name\":\"J\",\"attributes\":{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}}";

        var response = post(BodyPublishers.ofString(deep));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"malformed_json\"");
    }

    @Test
    void tooLargeBodyReturns413() {
        var large = ("{\"name\":\"J\",\"notes\":\"" + "x".repeat(5_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        var whole = post(BodyPublishers.ofByteArray(large));

        assertThat(whole.statusCode()).isEqualTo(413);
        assertThat(whole.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(whole.body()).contains("\"body_too_large\"");

        var chunked = post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(chunked.body()).contains("\"body_too_large\"");
        tenant.call().get(CUSTOMERS).then().statusCode(200).body("data", hasSize(0));
    }

    private HttpResponse<String> post(BodyPublisher body) {
        return Parallel.send(1, i -> tenant.request(CUSTOMERS).POST(body).build())
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "page | 0",
                "page | -1",
                "page | x",
                "page | 99999999999",
                "page_size | 0",
                "page_size | 201",
                "page_size | 100000",
                "cursor | garbage",
                "cursor | WyJuYW1lIGFzYyIsIngiXQ",
                "cursor | WyJuYW1lIGRlc2MiLCJ4IiwiMDFhMjA2YjEtMDdjNS03NWUyLTkyMDMtMzU1N2I2M2M5YWQ4Il0",
                "sort_by | age",
                "sort_order | up",
                "count | maybe",
                "status | asleep",
                "type | robot",
                "segment | gold",
                "cluster_id | 12",
                "email | ' '",
                "phone | abc",
                "document | ---",
                "created_from | yesterday",
                "created_to | 2026-13-01",
                "updated_from | +999999999-12-31T23:59:59Z",
                "updated_to | 2026-01-01T00:00:00",
                "statsu | active"
            })
    void listWithInvalidParameterReturns400(String parameter, String value) {
        tenant.call()
                .queryParam(parameter, value)
                .get(CUSTOMERS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_parameter"))
                .body("errors[0].field", equalTo(parameter));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "search=%00",
                "search=%ff",
                "name=%C0%AF",
                "search=a&search=b",
                "search=a&q=b",
                "search=%ED%A0%80",
                "page=1&cursor=x"
            })
    void malformedOrContradictoryQueryReturns400(String query) {
        TestTenant.call(TestTokens.of(tenant.name(), "t", "customers:read"))
                .urlEncodingEnabled(false)
                .get(CUSTOMERS + "?" + query)
                .then()
                .statusCode(400);
    }

    @Test
    void listReportsEveryInvalidParameter() {
        tenant.call()
                .queryParam("page", "0")
                .queryParam("sort_by", "age")
                .queryParam("status", "x")
                .get(CUSTOMERS)
                .then()
                .statusCode(400)
                .body("errors", hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "not-a-uuid", "1-1-1-1-1", "%00", "01a206b1-07c5-75e2-9203-3557b63c9ad8x", "..%2f"})
    void malformedIdInPathReturns404(String id) {
        TestTenant.call(TestTokens.of(tenant.name(), "t", "customers:read"))
                .urlEncodingEnabled(false)
                .get(CUSTOMERS + "/" + id)
                .then()
                .statusCode(404);
    }
}
