package io.clientela.http;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.TestLog;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One log line per request, without personal data. Reads the log in this process, so there is no {@code IT}. */
@QuarkusTest
class RequestLogTest extends ApiTest {
    /** Its digits are of no person. */
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final TestLog log = new TestLog();
    private final TestTenant tenant = TestTenant.fresh();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private String lineOf(String requestId) throws InterruptedException {
        return log.awaitLine("request_id=" + requestId);
    }

    @Test
    void lineContainsRequestResponseTenantAndActor() throws InterruptedException {
        var id = tenant.createNamed("Jane");
        tenant.call()
                .header("X-Request-Id", "r-1")
                .get(CUSTOMERS + "/" + id)
                .then()
                .statusCode(200);

        assertThat(lineOf("r-1"))
                .startsWith("GET " + CUSTOMERS + "/" + id + " 200 ")
                .contains("tenant=" + tenant.name(), "actor=tester");
        given().header("X-Request-Id", "r-2").get(CUSTOMERS).then().statusCode(401);

        assertThat(lineOf("r-2")).startsWith("GET " + CUSTOMERS + " 401 ").contains("tenant=- actor=- dialect=-");
        tenant.call()
                .header("X-Request-Id", "r-3")
                .get("/api/v1/customers")
                .then()
                .statusCode(200);
        assertThat(lineOf("r-3"))
                .startsWith("GET /api/v1/customers 200 ")
                .contains("tenant=" + tenant.name(), "dialect=voki");
    }

    @Test
    void linesContainNoPersonalData() throws InterruptedException {
        var person = "{\"name\":\"Secretname\",\"email\":\"secret@example.com\",\"phone\":\"+55 11 94321-4321\","
                + "\"document\":\"529.982.247-25\"}";
        var id = tenant.create(person).getString("id");
        tenant.json(person)
                .queryParam("on_duplicate", "reject")
                .post(CUSTOMERS)
                .then()
                .statusCode(409);
        tenant.json(person.replace("+55 11 94321-4321", "4321secret"))
                .post(CUSTOMERS)
                .then()
                .statusCode(422);
        tenant.call().queryParam("search", "secretname").get(CUSTOMERS).then().statusCode(200);
        tenant.call()
                .queryParam("email", "secret@example.com")
                .get(CUSTOMERS)
                .then()
                .statusCode(200);
        tenant.patch(id, "{\"notes\":\"secretnote\"}");
        tenant.call().get(CUSTOMERS + "/secret@example.com").then().statusCode(404);
        tenant.call().get("/v1/secret@example.com").then().statusCode(404);
        tenant.call()
                .header("X-Request-Id", "last")
                .delete(CUSTOMERS + "/" + id)
                .then()
                .statusCode(204);
        lineOf("last");

        assertThat(log.lines())
                .isNotEmpty()
                .map(line -> line.replaceAll(UUID, ""))
                .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains("secret")
                        || line.contains("4321")
                        || line.contains("529"));
    }
}
