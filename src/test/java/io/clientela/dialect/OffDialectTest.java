package io.clientela.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.RawRequest;
import io.clientela.support.StrictProfile;
import io.clientela.support.TestDialects;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialects that are not served. */
@QuarkusTest
@TestProfile(StrictProfile.class)
class OffDialectTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    static Set<String> names() {
        return TestDialects.BASE_PATHS.keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void pathIsUnknown(String name) {
        var customers = TestDialects.customers(name, tenant.name());
        var customer = TestDialects.id(name, tenant.create("{\"name\":\"Jane\"}"));
        for (String path : new String[] {TestDialects.BASE_PATHS.get(name), customers, customers + "/" + customer}) {
            tenant.call()
                    .get(path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("code", equalTo("not_found"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/customers",
                "/api//v1/customers",
                "/api/%761/customers",
                "/api/v1/customers;x=1",
                "/api/v1;x=1/customers",
                "/v1/../api/v1/customers",
                "/api/v1/customers/"
            })
    void otherSpellingOfPathIsUnknown(String path) {
        var answer = RawRequest.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: Bearer " + tenant.token() + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 404");
    }

    @Test
    void ownApiIsServed() {
        tenant.call().get(TestTenant.CUSTOMERS).then().statusCode(200);
    }
}
