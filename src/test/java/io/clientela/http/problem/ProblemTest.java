package io.clientela.http.problem;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void problemDocumentHasAllMembers() {
        tenant.json("{\"name\":1}")
                .header("X-Request-Id", "r-1")
                .post(CUSTOMERS)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .header("X-Request-Id", "r-1")
                .body("type", equalTo("urn:clientela:problem:validation_failed"))
                .body("title", equalTo("The body is well-formed but not valid"))
                .body("status", equalTo(422))
                .body("detail", equalTo("/name must be a string."))
                .body("instance", equalTo(CUSTOMERS))
                .body("code", equalTo("validation_failed"))
                .body("errors[0].field", equalTo("/name"))
                .body("errors[0].code", equalTo("invalid_type"))
                .body("errors[0].message", equalTo("must be a string"))
                .body("request_id", equalTo("r-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"has space", "x;y", "<script>", ""})
    void invalidRequestIdIsReplaced(String id) {
        tenant.call()
                .header("X-Request-Id", id)
                .get(CUSTOMERS)
                .then()
                .statusCode(200)
                .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void wrongMethodReturns405WithAllow() {
        var response = tenant.call()
                .delete(CUSTOMERS)
                .then()
                .statusCode(405)
                .body("code", equalTo("method_not_allowed"))
                .extract();

        assertThat(response.header("Allow").split(", ")).containsExactlyInAnyOrder("GET", "POST");
        assertThat(tenant.call()
                        .post(CUSTOMERS + "/" + tenant.createNamed("J"))
                        .then()
                        .statusCode(405)
                        .extract()
                        .header("Allow"))
                .contains("PATCH");
    }

    @Test
    void unsupportedMediaTypesReturn406And415() {
        tenant.call().accept("text/csv").get(CUSTOMERS).then().statusCode(406).body("code", equalTo("not_acceptable"));
        tenant.call()
                .contentType("text/plain")
                .body("x")
                .post(CUSTOMERS)
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported_media_type"));
        tenant.call()
                .contentType("application/xml")
                .body("<x/>")
                .patch(CUSTOMERS + "/" + tenant.createNamed("J"))
                .then()
                .statusCode(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v1/nothing", "/v3/customers", "/v1/customers/x/y/z", "/%2e%2e/etc/passwd"})
    void unknownPathReturns404Problem(String path) {
        tenant.call()
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("not_found"));
    }

    @Test
    void headReturnsHeadersOfGet() {
        var id = tenant.createNamed("Jane");
        tenant.call().head(CUSTOMERS + "/" + id).then().statusCode(200).header("ETag", "\"1\"");
    }

    @Test
    void problemsContainNoInternals() {
        for (String body :
                new String[] {"{\"name\":{}}", "{\"status\":[]}", "{\"value\":{}}", "{", "{\"birthday\":\"x\"}"}) {
            var problem = tenant.json(body).post(CUSTOMERS).asString();
            assertThat(problem).doesNotContain("java", "jackson", "io.clientela", "Exception", "hibernate");
        }
    }

    @Test
    void healthMetricsAndDocumentationAreServed() {
        for (String check : new String[] {"started", "live", "ready"}) {
            given().get("/q/health/" + check).then().statusCode(200).body("status", equalTo("UP"));
        }
        tenant.call().get(CUSTOMERS).then().statusCode(200);
        tenant.call().get(CUSTOMERS).then().statusCode(200); // the first is counted after its response was sent
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(
                        containsString(
                                "http_server_requests_seconds_count{dialect=\"none\",method=\"GET\",outcome=\"SUCCESS\",status=\"200\",uri=\"/v1/customers\"}"));
        given().get("/q/swagger-ui/").then().statusCode(200);
    }
}
