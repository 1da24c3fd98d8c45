package io.clientela.security;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Walks every route of the OpenAPI document, so that a new one is held to the same rules from its first day. */
@QuarkusTest
class EveryRouteTest extends ApiTest {
    private static final String NOBODY = "01a206b1-07c5-75e2-9203-3557b63c9ad8";

    /** One of each thing that a route can be about, by the place of its id in a path. */
    private record SampleResources(Map<String, String> ids) {
        static SampleResources of(TestTenant tenant) {
            var customer = tenant.createNamed("Jane");
            Map<String, String> ids = new HashMap<>();
            ids.put("/v1/customers/{id}", customer);
            ids.put("/v1/clusters/{id}", added(tenant, "/v1/clusters", "{\"name\":\"Jane's\"}"));
            ids.put("{customer_id}", customer);
            var path = CUSTOMERS + "/" + customer;
            ids.put("{address_id}", added(tenant, path + "/addresses", "{\"line1\":\"Jane's\"}"));
            ids.put("{call_id}", added(tenant, path + "/calls", "{\"notes\":\"Jane's\"}"));
            ids.put("{spare_id}", tenant.createNamed("Jane's friend"));
            ids.put("{merge_id}", merged(tenant, customer, tenant.createNamed("Jane's double")));
            ids.put("{order_id}", added(tenant, path + "/orders", "{\"number\":\"Jane's\",\"total\":1}"));
            return new SampleResources(ids);
        }

        private static String added(TestTenant tenant, String path, String body) {
            return tenant.json(body).post(path).then().statusCode(201).extract().path("id");
        }

        private static String merged(TestTenant tenant, String target, String source) {
            return tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                    .post(CUSTOMERS + "/merge")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("merge_id");
        }

        /** The same places, with ids of nothing. */
        static SampleResources none() {
            return new SampleResources(Map.of("{customer_id}", NOBODY, "{spare_id}", NOBODY));
        }

        String customer() {
            return ids.get("{customer_id}");
        }

        /** Another customer, who is not merged with anybody. */
        String spare() {
            return ids.get("{spare_id}");
        }

        /** The path with ids for its parameters; one that is none of these things' fails the test. */
        String in(String path) {
            for (var thing : ids.entrySet()) {
                var place = thing.getKey();
                path = path.replace(place, place.replaceAll("\\{[^}]*}", thing.getValue()));
            }
            assertThat(path).doesNotContain("{");
            return path;
        }
    }

    private record Route(String method, String path, List<String> scopes, boolean body) {
        Response call(RequestSpecification as, SampleResources things) {
            return call(as, things.in(path), things);
        }

        Response callNobody(RequestSpecification as) {
            return call(as, path.replaceAll("\\{[^}]*}", NOBODY), SampleResources.none());
        }

        private Response call(RequestSpecification as, String concrete, SampleResources things) {
            var call = as.accept("*/*");
            if (body) {
                call.contentType("application/json").body(bodyWith(things));
            }
            return call.request(method, concrete);
        }

        /** What the operation takes; a different text for each, since some may be there once only. */
        private String bodyWith(SampleResources things) {
            var last = path.replaceAll("/\\{[^}]*}$", "").replaceAll(".*/", "");
            return switch (last) {
                case "merge" ->
                    "{\"target_id\":\"" + things.customer() + "\",\"source_ids\":[\"" + things.spare() + "\"]}";
                case "dismiss" -> "{\"customer_ids\":[\"" + things.customer() + "\",\"" + things.spare() + "\"]}";
                case "upsert" -> "{\"name\":\"Taken over\",\"external_id\":\"x\"}";
                case "batch" -> "{\"customers\":[{\"name\":\"Taken over\",\"external_id\":\"x\"}]}";
                case "status" -> "{\"status\":\"blocked\"}";
                case "role" -> "{\"role\":\"thief\"}";
                case "addresses" -> "{\"line1\":\"Taken over\"}";
                case "calls" -> "{\"notes\":\"Taken over\"}";
                case "orders" -> "{\"number\":\"Taken over\",\"total\":2}";
                default -> "{\"name\":\"Taken over by " + method + "\"}";
            };
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private final TestTenant tenant = TestTenant.fresh();

    private static List<Route> routes() {
        var document = given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        List<Route> routes = new ArrayList<>();
        document.<String, Map<String, Map<String, Object>>>getMap("paths")
                .forEach((path, operations) -> operations.forEach((method, operation) -> {
                    @SuppressWarnings("unchecked")
                    var security = (List<Map<String, List<String>>>) operation.get("security");
                    assertThat(security)
                            .as("%s %s says which scope it needs", method, path)
                            .isNotEmpty();
                    routes.add(new Route(
                            method.toUpperCase(java.util.Locale.ROOT),
                            path,
                            security.get(0).get("bearer"),
                            operation.containsKey("requestBody")));
                }));
        assertThat(routes).hasSizeGreaterThanOrEqualTo(42);
        // Deletes last, so that the others still have something to be kept from, and parts before the whole.
        routes.sort(Comparator.comparing((Route route) -> route.method().equals("DELETE"))
                .thenComparing(route -> -route.path().length()));
        return routes;
    }

    private static void all(Consumer<Route> check) {
        assertAll(routes().stream().map(route -> (Executable) () -> check.accept(route)));
    }

    private void claims(JwtClaims claims) {
        claims.setSubject("tester");
        claims.setStringClaim("tenant", tenant.name());
        claims.setStringClaim("scope", String.join(" ", TestTokens.allScopes()));
    }

    @Test
    void anotherTenantsIdIsNotFoundAndNotTouched() {
        var things = SampleResources.of(tenant);
        var before = everythingOf(things);
        var stranger = TestTenant.fresh();
        all(route -> {
            var answer = route.call(stranger.call(), things);
            if (route.path().contains("{")) {
                assertThat(answer.statusCode()).as(route.toString()).isEqualTo(404);
                assertThat(answer.asString()).doesNotContain("Jane");
            } else {
                things.ids().values().forEach(id -> assertThat(answer.asString())
                        .as(route.toString())
                        .doesNotContain(id));
            }
        });
        assertThat(everythingOf(things)).contains("Jane").isEqualTo(before);
    }

    @Test
    void idOfAnotherLocationIsNotFoundAndNotTouched() {
        var things = SampleResources.of(tenant);
        var before = everythingOf(things);
        var elsewhere = TestTokens.with(claims -> {
            claims(claims);
            claims.setStringClaim("location", "elsewhere");
        });
        all(route -> {
            if (route.path().equals("/v1/clusters") || route.path().equals("/v1/clusters/{id}")) {
                return; // clusters are the tenant's, not a location's
            }
            var answer = route.call(TestTenant.call(elsewhere), things);
            if (route.path().contains("{")) {
                assertThat(answer.statusCode()).as(route.toString()).isEqualTo(404);
            }
            assertThat(answer.asString()).as(route.toString()).doesNotContain("Jane");
        });
        assertThat(everythingOf(things))
                .contains("Jane")
                .doesNotContain("thief")
                .isEqualTo(before);
    }

    /** Another tenant's thing in the path of an own customer, or an own thing in that of another's. */
    @Test
    void noPathJoinsWhatBelongsToTwoTenants() {
        var things = SampleResources.of(tenant);
        var before = everythingOf(things);
        var stranger = TestTenant.fresh();
        var theirs = SampleResources.of(stranger);
        Map<String, String> mixed = new HashMap<>(things.ids());
        mixed.put("/v1/customers/{id}", theirs.customer());
        mixed.put("{customer_id}", theirs.customer());
        all(route -> {
            if (route.path().matches(".*\\{.*\\{.*")) {
                assertThat(route.call(stranger.call(), new SampleResources(mixed))
                                .statusCode())
                        .as("%s with the first id of the caller's", route)
                        .isEqualTo(404);
                assertThat(route.call(tenant.call(), new SampleResources(mixed)).statusCode())
                        .as("%s with the second id of the caller's", route)
                        .isEqualTo(404);
            }
        });
        assertThat(everythingOf(things)).isEqualTo(before);
    }

    private String everythingOf(SampleResources things) {
        var all = new StringBuilder();
        for (String path : List.of(
                CUSTOMERS + "/" + things.customer() + "?include=addresses,calls,orders,stats,clusters",
                CUSTOMERS + "/" + things.customer() + "/history",
                "/v1/clusters")) {
            all.append(tenant.call().get(path).then().statusCode(200).extract().asString());
        }
        return all.toString();
    }

    @Test
    void withoutTokenEveryRouteAnswersWithABareChallenge() {
        all(route -> {
            var answer = route.callNobody(given());
            assertThat(answer.statusCode()).as(route.toString()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(answer.<String>path("code")).isEqualTo("unauthenticated");
        });
    }

    @Test
    void aTokenThatIsNotGoodOpensNothing() {
        var expired = TestTokens.with(claims -> {
            claims(claims);
            claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 3600));
        });
        var stranger = TestTokens.with(claims -> {
            claims(claims);
            claims.setIssuer("https://elsewhere.test");
        });
        var tampered = TestTokens.with(this::claims).replaceAll("\\.[^.]+$", ".AAAA");
        var bad = Map.of(
                "expired",
                expired,
                "of another issuer",
                stranger,
                "signed by another key",
                TestTokens.forged(this::claims),
                "unsigned",
                TestTokens.unsigned(this::claims),
                "tampered with",
                tampered,
                "garbage",
                "abc.def.ghi");
        all(route -> bad.forEach((what, token) -> {
            var answer = route.callNobody(TestTenant.call(token));
            assertThat(answer.statusCode())
                    .as("%s with a token that is %s", route, what)
                    .isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
            assertThat(answer.<String>path("code")).isEqualTo("invalid_token");
        }));
    }

    @Test
    void aTokenOpensOnlyWhatItsScopesSay() {
        var things = SampleResources.of(tenant);
        all(route -> {
            for (String scope : List.of(
                    "customers:read",
                    "customers:write",
                    "customers:merge",
                    "customers:admin",
                    "customers:self",
                    "customers")) {
                if (route.scopes().contains(scope)) {
                    continue;
                }
                var answer = route.call(tenant.callWith(scope), things);
                assertThat(answer.statusCode()).as("%s with %s", route, scope).isEqualTo(403);
                assertThat(answer.<String>path("code")).isEqualTo("insufficient_scope");
                assertThat(answer.<String>path("required_scope")).isEqualTo(String.join(" ", route.scopes()));
                assertThat(answer.header("WWW-Authenticate"))
                        .contains("insufficient_scope")
                        .contains(String.join(" ", route.scopes()));
            }
            if (route.toString().equals("DELETE /v1/customers/{id}")) {
                removeOrders(things);
            }
            var answer = route.call(tenant.callWith(route.scopes().toArray(String[]::new)), things);
            assertThat(answer.statusCode())
                    .as("%s with what it asks for", route)
                    .isBetween(200, 299);
        });
    }

    /** A customer who has orders is not deleted. */
    private void removeOrders(SampleResources things) {
        var path = CUSTOMERS + "/" + things.customer() + "/orders";
        tenant.call().get(path).jsonPath().<String>getList("data.id").forEach(order -> tenant.call()
                .delete(path + "/" + order)
                .then()
                .statusCode(204));
    }

    @Test
    void anUndocumentedParameterIsRefusedEverywhere() {
        var things = SampleResources.of(tenant);
        var before = everythingOf(things);
        all(route -> {
            var answer = route.call(tenant.call().queryParam("surprise", "1"), things);
            assertThat(answer.statusCode()).as(route.toString()).isEqualTo(400);
            assertThat(answer.<String>path("errors[0].field")).isEqualTo("surprise");
        });
        assertThat(everythingOf(things)).isEqualTo(before);
    }
}
