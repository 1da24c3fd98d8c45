package io.clientela.security;

import static io.clientela.support.Tenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.clientela.support.ApiTest;
import io.clientela.support.Tenant;
import io.clientela.support.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.Comparator;
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
    private record Route(String method, String path, List<String> scopes, boolean body) {
        Response call(RequestSpecification as, String id) {
            var call = as.accept("*/*");
            if (body) {
                call.contentType("application/json").body(bodyFor(path));
            }
            return call.request(method, path.replaceAll("\\{[^}]*}", id));
        }

        private static String bodyFor(String path) {
            if (path.endsWith("/upsert")) {
                return "{\"name\":\"Taken over\",\"external_id\":\"x\"}";
            }
            if (path.endsWith("/batch")) {
                return "{\"customers\":[{\"name\":\"Taken over\",\"external_id\":\"x\"}]}";
            }
            if (path.endsWith("/status")) {
                return "{\"status\":\"blocked\"}";
            }
            return path.endsWith("/role") ? "{\"role\":\"thief\"}" : "{\"name\":\"Taken over\"}";
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private final Tenant tenant = Tenant.fresh();

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
        assertThat(routes).hasSizeGreaterThanOrEqualTo(9);
        // Deletes last, so that the others still have something to be kept from.
        routes.sort(Comparator.comparing((Route route) -> route.method().equals("DELETE")));
        return routes;
    }

    private static void all(Consumer<Route> check) {
        assertAll(routes().stream().map(route -> (Executable) () -> check.accept(route)));
    }

    private void claims(JwtClaims claims) {
        claims.setSubject("tester");
        claims.setStringClaim("tenant", tenant.name());
        claims.setStringClaim("scope", String.join(" ", Tokens.allScopes()));
    }

    @Test
    void anotherTenantsIdIsNotFoundAndNotTouched() {
        var id = tenant.createNamed("Jane");
        var stranger = Tenant.fresh();
        all(route -> {
            var answer = route.call(stranger.call(), id);
            if (route.path().contains("{")) {
                assertThat(answer.statusCode()).as(route.toString()).isEqualTo(404);
                assertThat(answer.asString()).doesNotContain("Jane");
            } else {
                assertThat(answer.asString()).as(route.toString()).doesNotContain(id);
            }
        });
        tenant.get(id).then().statusCode(200).body("name", equalTo("Jane")).body("version", equalTo(1));
        tenant.call().get(CUSTOMERS + "/" + id + "/history").then().body("meta.total_count", equalTo(1));
    }

    @Test
    void withoutTokenEveryRouteAnswersWithABareChallenge() {
        all(route -> {
            var answer = route.call(given(), "01a206b1-07c5-75e2-9203-3557b63c9ad8");
            assertThat(answer.statusCode()).as(route.toString()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(answer.<String>path("code")).isEqualTo("unauthenticated");
        });
    }

    @Test
    void aTokenThatIsNotGoodOpensNothing() {
        var expired = Tokens.with(claims -> {
            claims(claims);
            claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 3600));
        });
        var stranger = Tokens.with(claims -> {
            claims(claims);
            claims.setIssuer("https://elsewhere.test");
        });
        var tampered = Tokens.with(this::claims).replaceAll("\\.[^.]+$", ".AAAA");
        var bad = Map.of(
                "expired",
                expired,
                "of another issuer",
                stranger,
                "signed by another key",
                Tokens.forged(this::claims),
                "unsigned",
                Tokens.unsigned(this::claims),
                "tampered with",
                tampered,
                "garbage",
                "abc.def.ghi");
        all(route -> bad.forEach((what, token) -> {
            var answer = route.call(Tenant.call(token), "01a206b1-07c5-75e2-9203-3557b63c9ad8");
            assertThat(answer.statusCode())
                    .as("%s with a token that is %s", route, what)
                    .isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
            assertThat(answer.<String>path("code")).isEqualTo("invalid_token");
        }));
    }

    @Test
    void aTokenOpensOnlyWhatItsScopesSay() {
        var id = tenant.createNamed("Jane");
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
                var answer = route.call(tenant.callWith(scope), id);
                assertThat(answer.statusCode()).as("%s with %s", route, scope).isEqualTo(403);
                assertThat(answer.<String>path("code")).isEqualTo("insufficient_scope");
                assertThat(answer.<String>path("required_scope")).isEqualTo(String.join(" ", route.scopes()));
                assertThat(answer.header("WWW-Authenticate"))
                        .contains("insufficient_scope")
                        .contains(String.join(" ", route.scopes()));
            }
            var answer = route.call(tenant.callWith(route.scopes().toArray(String[]::new)), id);
            assertThat(answer.statusCode())
                    .as("%s with what it asks for", route)
                    .isBetween(200, 299);
        });
    }

    @Test
    void anUndocumentedParameterIsRefusedEverywhere() {
        var id = tenant.createNamed("Jane");
        all(route -> {
            var answer = route.call(tenant.call().queryParam("surprise", "1"), id);
            assertThat(answer.statusCode()).as(route.toString()).isEqualTo(400);
            assertThat(answer.<String>path("errors[0].field")).isEqualTo("surprise");
        });
        tenant.get(id).then().body("version", equalTo(1));
    }
}
