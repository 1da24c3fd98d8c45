package io.clientela.account;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestDialects;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Checks who is admitted on every route of the OpenAPI document that requires {@code customers:self}. That this scope
 * opens no other route is checked by {@code EveryRouteTest}.
 */
@QuarkusTest
class OwnCustomerRouteTest extends ApiTest {
    private record Route(String method, String path, boolean body) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private final TestTenant tenant = TestTenant.fresh();
    private String customer;
    private String address;
    private String order;

    @BeforeEach
    void createCustomer() {
        customer = tenant.createNamed("Jane");
        address = add("/addresses", "{\"line1\":\"Jane's\"}");
        order = add("/orders", "{\"number\":\"Jane's\",\"total\":1}");
    }

    private String add(String items, String body) {
        return tenant.json(body)
                .post(CUSTOMERS + "/" + customer + items)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        TestDialects.documents().forEach(document -> addRoutes(routes, document));
        assertThat(routes).hasSizeGreaterThanOrEqualTo(15 + 7).allSatisfy(route -> assertThat(route.path())
                .containsPattern("^/(v1|api)/customers/me"));
        // Deletes last, and that of the customer after all others.
        routes.sort(Comparator.comparing((Route route) -> route.method().equals("DELETE"))
                .thenComparing(route -> -route.path().length()));
        return routes;
    }

    private static void addRoutes(List<Route> routes, String document) {
        given().accept("application/json")
                .get(document)
                .jsonPath()
                .<String, Map<String, Map<String, Object>>>getMap("paths")
                .forEach((path, operations) -> operations.forEach((method, operation) -> {
                    if (String.valueOf(operation.get("security")).contains("customers:self")) {
                        routes.add(
                                new Route(method.toUpperCase(Locale.ROOT), path, operation.containsKey("requestBody")));
                    }
                }));
    }

    private static void forAll(Consumer<Route> check) {
        assertAll(routes().stream().map(route -> (Executable) () -> check.accept(route)));
    }

    private Response call(Route route, RequestSpecification as) {
        if (route.body()) {
            as.contentType("application/json").body(bodyOf(route));
        }
        return as.request(
                route.method(), route.path().replace("{address_id}", address).replace("{order_id}", order));
    }

    private static String bodyOf(Route route) {
        if (route.path().contains("/addresses")) {
            return "{\"line1\":\"Jane's, too\"}";
        }
        if (route.path().endsWith("/preferences")) {
            return "{\"newsletter\":true}";
        }
        return TestDialects.of(route.path()).isEmpty() ? "{\"address\":\"Jane's\"}" : "{\"first_name\":\"Jane\"}";
    }

    private RequestSpecification self() {
        return self(tenant.name(), customer);
    }

    private static RequestSpecification self(String tenant, String customer) {
        return TestTenant.call(TestTokens.of(tenant, customer, "customers:self"));
    }

    private void assertRefused(RequestSpecification as, int status, String code) {
        forAll(route -> {
            var response = call(route, given().spec(as));
            assertThat(response.statusCode())
                    .as(route.toString())
                    .isEqualTo(status == 400 ? TestDialects.invalidParameter(route.path()) : status);
            assertThat(TestDialects.code(response)).as(route.toString()).isEqualTo(code);
        });
        assertThat(tenant.get(customer).asString()).contains("\"version\":3");
    }

    @Test
    void customerIsAdmitted() {
        forAll(route -> {
            var response = call(route, self());
            if (route.path().endsWith("/password")) {
                assertThat(response.statusCode()).as(route.toString()).isEqualTo(422);
            } else {
                assertThat(response.statusCode()).as(route.toString()).isBetween(200, 299);
            }
            if (route.method().equals("DELETE") && route.path().endsWith("/me")) {
                createCustomer();
            }
        });
    }

    @Test
    void otherScopesReturn403() {
        for (String scope : TestTokens.allScopes()) {
            assertRefused(TestTenant.call(TestTokens.of(tenant.name(), customer, scope)), 403, "insufficient_scope");
        }
    }

    @Test
    void missingOrInvalidTokenReturns401() {
        assertRefused(given(), 401, "unauthenticated");
        assertRefused(TestTenant.call("abc.def.ghi"), 401, "invalid_token");
    }

    @Test
    void blockedCustomerReturns403() {
        TestDatabase.execute("UPDATE customer SET status = 'blocked' WHERE id = ?::uuid", customer);

        assertRefused(self(), 403, "account_blocked");
    }

    @Test
    void anonymizedCustomerReturns403() {
        TestDatabase.execute("UPDATE customer SET anonymized = true WHERE id = ?::uuid", customer);

        assertRefused(self(), 403, "account_blocked");
    }

    @Test
    void customerOfAnotherTenantReturns401() {
        assertRefused(self(TestTenant.fresh().name(), customer), 401, "invalid_token");
    }

    @Test
    void unknownParameterReturns400() {
        assertRefused(self().queryParam("surprise", "1"), 400, "invalid_parameter");
    }
}
