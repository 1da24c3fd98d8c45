package io.clientela.http;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class PreconditionTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();
    private String id;
    private String path;

    @BeforeEach
    void createCustomer() {
        id = tenant.createNamed("Jane");
        path = CUSTOMERS + "/" + id;
    }

    @Test
    void tooManyTagsReturn400() {
        var tags = "\"1\",".repeat(1_500);

        var read = tenant.call().header("If-None-Match", tags).get(path);
        var write = tenant.json("{\"notes\":\"x\"}").header("If-Match", tags).patch(path);

        read.then().statusCode(400).body("code", equalTo("invalid_header"));
        write.then().statusCode(400).body("code", equalTo("invalid_header"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"1\"|304",
                "W/\"1\"|304",
                "\"9\", W/\"1\"|304",
                " \"9\",, \"1\" ,|304",
                "*|304",
                "\"a,\\b\",\"1\"|304",
                "\"9\"|200",
                "\"W/\"|200",
                "\"11\"|200",
                "\"\"|200",
                "\"1,\"|200",
                "1|400",
                "\"1|400",
                "\"1\"\"2\"|400",
                "\"1\" \"2\"|400",
                "w/\"1\"|400",
                "*, \"1\"|400",
                ",|400"
            })
    void ifNoneMatchIsComparedWeakly(String header, int status) {
        tenant.call().header("If-None-Match", header).get(path).then().statusCode(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"1\"|200", "\"9\",\"1\"|200", "*|200", "W/\"1\"|412", "\"2\"|412", "\"1|400", "1|400"})
    void ifMatchIsComparedStrongly(String header, int status) {
        tenant.json("{\"name\":\"Jane\"}")
                .header("If-Match", header)
                .patch(path)
                .then()
                .statusCode(status);
    }

    @Test
    void staleVersionReturnsTheCurrentOne() {
        tenant.patch(id, "{\"name\":\"Ana\"}");

        var answer =
                tenant.json("{\"name\":\"Eva\"}").header("If-Match", "\"1\"").patch(path);

        answer.then().statusCode(412).body("code", equalTo("version_mismatch")).body("current_version", equalTo(2));
    }
}
