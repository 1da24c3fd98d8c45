package io.clientela.security;

import static io.clientela.support.TestTenant.API_KEYS;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Checks security and isolation on every route of the OpenAPI documents, so that new routes are covered, too. */
@QuarkusTest
class EveryRouteTest extends ApiTest {
    private static final String ADMIN = "customers:admin";
    /** The tenant in paths of a dialect: another one than the token's is rejected with 403. */
    private static final String ALIAS = "{alias}";

    private static final String WEBHOOK =
            "{\"url\":\"https://jane.invalid\",\"types\":[\"*\"],\"description\":\"Jane's\"}";

    private static final String UNKNOWN_ID = "01a206b1-07c5-75e2-9203-3557b63c9ad8";

    /** Operations that need no token, but a secret in the body. */
    private static final Set<String> PUBLIC =
            Set.of("POST /v1/sessions", "POST /v1/password-resets", "POST /v1/email-verifications");

    /** The id of one resource of each type, by the path or the path parameter that it belongs to. */
    private record SampleResources(Map<String, String> ids) {
        static SampleResources of(TestTenant tenant) {
            var customer = tenant.create("{\"name\":\"Jane\",\"email\":\"" + UUID.randomUUID() + "@example.com\"}")
                    .getString("id");
            // In this order: paths of dialects end like those of the service's own API.
            Map<String, String> ids = new LinkedHashMap<>();
            ids.put(ALIAS, tenant.name());
            TestDialects.BASE_PATHS.forEach((name, path) -> {
                var ofDialect = tenant.create("{\"name\":\"Jane of " + name + "\"}");
                ids.put(TestDialects.customer(name), TestDialects.id(name, ofDialect));
                ids.put("{" + name + "_spare_id}", tenant.createNamed("Jane's double of " + name));
            });
            ids.put("{user_id}", ids.get(TestDialects.customer("storefront")));
            ids.put("/v1/customers/{id}", customer);
            ids.put("/v1/clusters/{id}", create(tenant, "/v1/clusters", "{\"name\":\"Jane's\"}"));
            ids.put("{customer_id}", customer);
            ids.put(
                    "/v1/api-keys/{id}",
                    create(tenant, API_KEYS, "{\"name\":\"Jane's\",\"scopes\":[\"" + ADMIN + "\"]}"));
            var webhook = create(tenant, "/v1/webhooks", WEBHOOK);
            ids.put("/v1/webhooks/{id}", webhook);
            ids.put("{delivery_id}", testOf(tenant, webhook));
            var path = CUSTOMERS + "/" + customer;
            ids.put("{address_id}", create(tenant, path + "/addresses", "{\"line1\":\"Jane's\"}"));
            ids.put("{call_id}", create(tenant, path + "/calls", "{\"notes\":\"Jane's\"}"));
            ids.put("{spare_id}", tenant.createNamed("Jane's friend"));
            ids.put("{erased_id}", tenant.createNamed("Jane's other friend"));
            ids.put("{merge_id}", merge(tenant, customer, tenant.createNamed("Jane's double")));
            ids.put("/v1/imports/{id}", importOf(tenant));
            ids.put("{order_id}", create(tenant, path + "/orders", "{\"number\":\"Jane's\",\"total\":1}"));
            return new SampleResources(ids);
        }

        private static String create(TestTenant tenant, String path, String body) {
            return tenant.json(body).post(path).then().statusCode(201).extract().path("id");
        }

        /** Returns a delivery. */
        private static String testOf(TestTenant tenant, String webhook) {
            return tenant.call()
                    .post("/v1/webhooks/" + webhook + "/test")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("id");
        }

        /** Returns an import that has not ended. */
        private static String importOf(TestTenant tenant) {
            String id = tenant.call()
                    .contentType("text/csv")
                    .body("name\n")
                    .post("/v1/imports")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("id");
            tenant.call().accept("text/event-stream").get("/v1/imports/" + id).asString();
            TestDatabase.execute(
                    "UPDATE import_job SET status = 'uploading', finished_at = NULL WHERE id = ?::uuid", id);
            return id;
        }

        private static String merge(TestTenant tenant, String target, String source) {
            return tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                    .post(CUSTOMERS + "/merge")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("merge_id");
        }

        /** Returns ids of resources that do not exist. */
        static SampleResources unknown() {
            Map<String, String> ids = new HashMap<>(Map.of(
                    "{customer_id}", UNKNOWN_ID, "{spare_id}", UNKNOWN_ID, ALIAS, UNKNOWN_ID, "{user_id}", UNKNOWN_ID));
            TestDialects.BASE_PATHS.forEach((name, path) -> {
                ids.put(TestDialects.customer(name), UNKNOWN_ID);
                ids.put("{" + name + "_spare_id}", UNKNOWN_ID);
            });
            return new SampleResources(ids);
        }

        String customer() {
            return ids.get("{customer_id}");
        }

        /** Returns the id of another customer, which takes part in no merge. */
        String spare() {
            return ids.get("{spare_id}");
        }

        /** Returns the body of a merge by a route; each API merges other customers. */
        String merge(String path) {
            var dialect = TestDialects.of(path);
            var target = dialect.map(name -> ids.get(TestDialects.customer(name)));
            var source = dialect.map(name -> ids.get("{" + name + "_spare_id}"));
            return "{\"target_id\":\"" + target.orElse(customer()) + "\",\"source_ids\":[\"" + source.orElse(spare())
                    + "\"]}";
        }

        /** Returns these resources under the alias of another tenant, which is in paths of dialects. */
        SampleResources withAlias(String otherTenant) {
            Map<String, String> others = new LinkedHashMap<>(ids);
            others.put(ALIAS, otherTenant);
            return new SampleResources(others);
        }

        /** Returns the ids that no other text contains. */
        Stream<String> uuids() {
            return ids.values().stream().filter(id -> id.length() == UNKNOWN_ID.length());
        }

        /** Returns the id of a customer whose data is erased, after which no other route can change it. */
        String erased() {
            return ids.get("{erased_id}");
        }

        /** Replaces the parameters of a path by ids; an unknown parameter fails the test. */
        String in(String path) {
            path = path.replace("{id}/erasure", "{erased_id}/erasure");
            for (var entry : ids.entrySet()) {
                var parameter =
                        entry.getKey().equals(ALIAS) ? ALIAS : entry.getKey().replace(ALIAS, ids.get(ALIAS));
                path = path.replace(parameter, parameter.replaceAll("\\{[^}]*}", entry.getValue()));
            }
            assertThat(path).doesNotContain("{");
            return path;
        }
    }

    private record Route(String method, String path, List<String> scopes, boolean body) {
        Response call(RequestSpecification as, SampleResources resources) {
            return call(as, resources.in(path), resources);
        }

        Response callUnknown(RequestSpecification as) {
            return call(as, path.replaceAll("\\{[^}]*}", UNKNOWN_ID), SampleResources.unknown());
        }

        private Response call(RequestSpecification as, String resolvedPath, SampleResources resources) {
            var call = as.accept("*/*");
            if (body) {
                call.contentType(path.equals("/v1/imports") ? "text/csv" : "application/json")
                        .body(bodyWith(resources));
            }
            return call.request(method, resolvedPath);
        }

        /** Returns a valid body of the operation; texts differ, since some must be unique. */
        private String bodyWith(SampleResources resources) {
            var resource = path.replaceAll("/\\{[^}]*}$", "").replaceAll(".*/", "");
            return switch (resource) {
                case "merge" -> resources.merge(path);
                case "dismiss" -> "{\"customer_ids\":[\"" + resources.customer() + "\",\"" + resources.spare() + "\"]}";
                case "upsert" -> TestDialects.upsertBody(path, "Taken over");
                case "batch" -> "{\"customers\":[{\"name\":\"Taken over\",\"external_id\":\"x\"}]}";
                case "status" -> "{\"status\":\"blocked\"}";
                case "password" -> "{\"new_password\":\"taken over by a thief\"}";
                case "imports" -> "external_id,name\nx,Taken over\n";
                case "role" -> "{\"role\":\"thief\"}";
                case "api-keys" -> "{\"name\":\"Taken over\",\"scopes\":[\"" + ADMIN + "\"]}";
                case "rotate", "rotate-secret" -> "{\"overlap_seconds\":0}";
                case "webhooks" -> WEBHOOK.replace("Jane's", "Taken over");
                case "addresses" -> "{\"line1\":\"Taken over\"}";
                case "calls" -> "{\"notes\":\"Taken over\"}";
                case "orders" -> "{\"number\":\"Taken over\",\"total\":2}";
                default -> TestDialects.customerBody(path, "Taken over by " + method);
            };
        }

        /** Returns whether the path has an id of something that belongs to a tenant. */
        boolean namesResource() {
            return path.replace(ALIAS, "").contains("{");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** Of all who are asked in a path of a dialect for the store of another tenant. */
    @Test
    void aliasOfAnotherTenantReturns403() {
        var resources = SampleResources.of(tenant);
        var before = snapshot(resources);
        var other = TestTenant.fresh();
        forAll(route -> {
            if (route.path().contains(ALIAS)) {
                var response = route.call(other.call(), resources);
                assertThat(response.statusCode()).as(route.toString()).isEqualTo(403);
                assertThat(TestDialects.code(response)).isEqualTo("tenant_forbidden");
                assertThat(route.call(tenant.call(), resources.withAlias(other.name()))
                                .statusCode())
                        .as(route.toString())
                        .isEqualTo(403);
            }
        });

        assertThat(snapshot(resources)).isEqualTo(before);
    }

    private final TestTenant tenant = TestTenant.fresh();

    /** Returns all routes; those that need no token require no scopes. */
    private static List<Route> allRoutes() {
        List<Route> routes = new ArrayList<>();
        TestDialects.documents().forEach(document -> routes.addAll(routesOf(document)));
        return routes;
    }

    private static List<Route> routesOf(String documentPath) {
        var document = given().accept("application/json")
                .get(documentPath)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        List<Route> routes = new ArrayList<>();
        document.<String, Map<String, Map<String, Object>>>getMap("paths")
                .forEach((path, operations) -> operations.forEach((method, operation) -> {
                    @SuppressWarnings("unchecked")
                    var security = (List<Map<String, List<String>>>) operation.getOrDefault("security", List.of());
                    routes.add(new Route(
                            method.toUpperCase(java.util.Locale.ROOT),
                            path,
                            security.isEmpty()
                                    ? List.of()
                                    : security.get(0).values().iterator().next(),
                            operation.containsKey("requestBody")));
                }));
        return routes;
    }

    /** Returns the routes of callers who are not customers. The others are those of {@code OwnCustomerRouteTest}. */
    private static List<Route> routes() {
        List<Route> routes = new ArrayList<>(allRoutes());
        routes.removeIf(
                route -> PUBLIC.contains(route.toString()) || route.scopes().equals(List.of("customers:self")));
        assertThat(routes).allSatisfy(route -> assertThat(route.scopes()).isNotEmpty());
        assertThat(routes).hasSizeGreaterThanOrEqualTo(49);
        // Deletes last, so that the resources exist for the other routes, and nested resources before their
        // customer.
        routes.sort(Comparator.comparing((Route route) -> route.method().equals("DELETE"))
                .thenComparing(route -> -route.path().length()));
        return routes;
    }

    private static void forAll(Consumer<Route> check) {
        assertAll(routes().stream().map(route -> (Executable) () -> check.accept(route)));
    }

    private void claims(JwtClaims claims) {
        claims.setSubject("tester");
        claims.setStringClaim("tenant", tenant.name());
        claims.setStringClaim("scope", String.join(" ", TestTokens.allScopes()));
    }

    @Test
    void onlySpendingSecretsNeedsNoToken() {
        assertThat(allRoutes().stream()
                        .filter(route -> route.scopes().isEmpty())
                        .map(Route::toString))
                .containsExactlyInAnyOrderElementsOf(PUBLIC);
    }

    @Test
    void idOfAnotherTenantReturns404() {
        var resources = SampleResources.of(tenant);
        var before = snapshot(resources);
        var other = TestTenant.fresh();
        forAll(route -> {
            var response = route.call(other.call(), resources.withAlias(other.name()));
            if (route.namesResource()) {
                assertThat(response.statusCode()).as(route.toString()).isEqualTo(404);
                assertThat(response.asString()).doesNotContain("Jane");
            } else {
                resources.uuids().forEach(id -> assertThat(response.asString())
                        .as(route.toString())
                        .doesNotContain(id));
            }
        });

        assertThat(snapshot(resources)).contains("Jane").isEqualTo(before);
    }

    @Test
    void idOfAnotherLocationReturns404() {
        var resources = SampleResources.of(tenant);
        var before = snapshot(resources);
        var elsewhere = TestTokens.with(claims -> {
            claims(claims);
            claims.setStringClaim("location", "elsewhere");
        });
        var ofTenant = Set.of("/v1/clusters", "/v1/clusters/{id}", "/v1/events");
        forAll(route -> {
            if (ofTenant.contains(route.path())) {
                return; // clusters are the tenant's, not a location's, and so are their events
            }
            var answer = route.call(TestTenant.call(elsewhere), resources);
            if (route.namesResource()) {
                assertThat(answer.statusCode()).as(route.toString()).isEqualTo(404);
            }
            assertThat(answer.asString()).as(route.toString()).doesNotContain("Jane");
        });
        assertThat(snapshot(resources)).contains("Jane").doesNotContain("thief").isEqualTo(before);
    }

    /** Whatever the body, but not without a token or the scope. */
    @Test
    void malformedIdReturns404() {
        var resources = SampleResources.of(tenant);
        var before = snapshot(resources);
        forAll(route -> {
            if (!route.namesResource()) {
                return;
            }
            var path = resources.in(route.path().replaceFirst("\\{\\w+}([^{]*)$", "1-1-1-1-1$1"));
            for (String body : List.of("{}", "{")) {
                var response = call(route, path, tenant.call(), body);
                int expected = TestDialects.malformedId(route.path());
                assertThat(response.statusCode()).as(route.toString()).isEqualTo(expected);
                if (TestDialects.of(route.path()).isEmpty()) {
                    assertThat(response.contentType()).isEqualTo("application/problem+json");
                }
                assertThat(TestDialects.code(response)).isEqualTo(expected == 404 ? "not_found" : "validation_failed");
            }
            assertThat(call(route, path, given(), "{}").statusCode())
                    .as("%s without a token", route)
                    .isEqualTo(TestDialects.unauthenticated(route.path()));
            assertThat(call(route, path, tenant.callWith("customers:self"), "{}")
                            .statusCode())
                    .as("%s without the scope", route)
                    .isEqualTo(403);
            if (route.method().equals("GET")) {
                assertThat(tenant.call().head(path).statusCode()).isEqualTo(TestDialects.malformedId(route.path()));
            }
        });

        assertThat(snapshot(resources)).isEqualTo(before);
    }

    private static Response call(Route route, String path, RequestSpecification as, String body) {
        if (route.body()) {
            as.contentType("application/json").body(body);
        }
        return as.request(route.method(), path);
    }

    /** A resource of another tenant in the path of an own customer, and the reverse. */
    @Test
    void idsOfTwoTenantsReturn404() {
        var resources = SampleResources.of(tenant);
        var before = snapshot(resources);
        var other = TestTenant.fresh();
        var otherResources = SampleResources.of(other);
        Map<String, String> mixed = new HashMap<>(resources.ids());
        mixed.put("/v1/customers/{id}", otherResources.customer());
        mixed.put("{customer_id}", otherResources.customer());
        mixed.put("/v1/webhooks/{id}", otherResources.ids().get("/v1/webhooks/{id}"));
        forAll(route -> {
            if (route.path().replace(ALIAS, "").matches(".*\\{.*\\{.*")) {
                assertThat(route.call(other.call(), new SampleResources(mixed)).statusCode())
                        .as("%s with the caller's id first", route)
                        .isEqualTo(404);
                assertThat(route.call(tenant.call(), new SampleResources(mixed)).statusCode())
                        .as("%s with the caller's id second", route)
                        .isEqualTo(404);
            }
        });

        assertThat(snapshot(resources)).isEqualTo(before);
    }

    private String snapshot(SampleResources resources) {
        var text = new StringBuilder();
        for (String path : List.of(
                CUSTOMERS + "/" + resources.customer() + "?include=addresses,calls,orders,stats,clusters",
                CUSTOMERS + "/" + resources.customer() + "/history",
                CUSTOMERS + "/" + resources.erased(),
                "/v1/clusters")) {
            text.append(tenant.call().get(path).then().statusCode(200).extract().asString());
        }
        return text.toString();
    }

    @Test
    void requestWithoutBearerTokenReturns401() {
        forAll(route -> {
            assertUnauthenticated(route, given());
            assertUnauthenticated(route, given().header("Authorization", "Basic dXNlcjpwYXNz"));
        });
    }

    private static void assertUnauthenticated(Route route, RequestSpecification as) {
        var answer = route.callUnknown(as);
        assertThat(answer.statusCode()).as(route.toString()).isEqualTo(TestDialects.unauthenticated(route.path()));
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(TestDialects.code(answer)).isEqualTo("unauthenticated");
    }

    @Test
    void invalidTokenReturns401() {
        var expired = TestTokens.with(claims -> {
            claims(claims);
            claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 3600));
        });
        var otherIssuer = TestTokens.with(claims -> {
            claims(claims);
            claims.setIssuer("https://elsewhere.test");
        });
        var tampered = TestTokens.with(this::claims).replaceAll("\\.[^.]+$", ".AAAA");
        var invalid = Map.of(
                "expired",
                expired,
                "of another issuer",
                otherIssuer,
                "signed by another key",
                TestTokens.forged(this::claims),
                "unsigned",
                TestTokens.unsigned(this::claims),
                "tampered with",
                tampered,
                "garbage",
                "abc.def.ghi");
        forAll(route -> invalid.forEach((kind, token) -> {
            var response = route.callUnknown(TestTenant.call(token));
            assertThat(response.statusCode())
                    .as("%s with a token that is %s", route, kind)
                    .isEqualTo(TestDialects.unauthenticated(route.path()));
            assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
            assertThat(TestDialects.code(response)).isEqualTo("invalid_token");
        }));
    }

    @Test
    void missingScopeReturns403() {
        var resources = SampleResources.of(tenant);
        forAll(route -> {
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
                var response = route.call(tenant.callWith(scope), resources);
                assertThat(response.statusCode()).as("%s with %s", route, scope).isEqualTo(403);
                assertThat(TestDialects.code(response)).isEqualTo("insufficient_scope");
                if (TestDialects.of(route.path()).isEmpty()) {
                    assertThat(response.<String>path("required_scope")).isEqualTo(String.join(" ", route.scopes()));
                }
                assertThat(response.header("WWW-Authenticate"))
                        .contains("insufficient_scope")
                        .contains(String.join(" ", route.scopes()));
            }
            if (route.toString().equals("DELETE /v1/customers/{id}")) {
                removeOrders(resources);
            }
            var response = route.call(tenant.callWith(route.scopes().toArray(String[]::new)), resources);
            assertThat(response.statusCode())
                    .as("%s with the required scopes", route)
                    .isBetween(200, 299);
        });
    }

    @Test
    void keyOfAnotherTenantReturns404() {
        var resources = SampleResources.of(tenant);
        var before = snapshot(resources);
        var other = TestTenant.fresh();
        var key = other.apiKey(TestTokens.allScopes().toArray(String[]::new));
        forAll(route -> {
            var response = route.call(TestTenant.call(key), resources.withAlias(other.name()));
            if (route.namesResource()) {
                assertThat(response.statusCode()).as(route.toString()).isEqualTo(404);
            }
            assertThat(response.asString()).as(route.toString()).doesNotContain("Jane");
            assertThat(TestDialects.code(route.call(TestTenant.call(key).header("X-Tenant", tenant.name()), resources)))
                    .as(route.toString())
                    .isEqualTo("tenant_forbidden");
        });

        assertThat(snapshot(resources)).contains("Jane").isEqualTo(before);
    }

    @Test
    void keyWithoutScopeReturns403() {
        var resources = SampleResources.of(tenant);
        Map<String, String> keys = new HashMap<>();
        TestTokens.allScopes().forEach(scope -> keys.put(scope, tenant.apiKey(scope)));
        forAll(route -> {
            keys.forEach((scope, key) -> {
                if (!route.scopes().contains(scope)) {
                    var response = route.call(TestTenant.call(key), resources);
                    assertThat(response.statusCode())
                            .as("%s with a key for %s", route, scope)
                            .isEqualTo(403);
                    assertThat(TestDialects.code(response)).isEqualTo("insufficient_scope");
                }
            });
            if (route.toString().equals("DELETE /v1/customers/{id}")) {
                removeOrders(resources);
            }
            assertThat(route.scopes()).hasSize(1);
            assertThat(route.call(TestTenant.call(keys.get(route.scopes().get(0))), resources)
                            .statusCode())
                    .as("%s with a key for its scope", route)
                    .isBetween(200, 299);
        });
    }

    @Test
    void revokedKeyReturns401() {
        var key = tenant.createApiKey("\"scopes\":[\"customers:read\",\"" + ADMIN + "\"]");
        tenant.call().delete(API_KEYS + "/" + key.getString("id")).then().statusCode(204);
        forAll(route -> {
            var response = route.callUnknown(TestTenant.call(key.getString("key")));
            assertThat(response.statusCode())
                    .as(route.toString())
                    .isEqualTo(TestDialects.unauthenticated(route.path()));
            assertThat(TestDialects.code(response)).isEqualTo("invalid_token");
        });
    }

    /** A customer with orders cannot be deleted. */
    private void removeOrders(SampleResources resources) {
        var path = CUSTOMERS + "/" + resources.customer() + "/orders";
        tenant.call().get(path).jsonPath().<String>getList("data.id").forEach(order -> tenant.call()
                .delete(path + "/" + order)
                .then()
                .statusCode(204));
    }

    @Test
    void unknownParameterReturns400() {
        var resources = SampleResources.of(tenant);
        var before = snapshot(resources);
        forAll(route -> {
            var response = route.call(tenant.call().queryParam("surprise", "1"), resources);
            assertThat(response.statusCode())
                    .as(route.toString())
                    .isEqualTo(TestDialects.invalidParameter(route.path()));
            assertThat(TestDialects.code(response)).isEqualTo("invalid_parameter");
            assertThat(response.asString()).contains("surprise");
        });

        assertThat(snapshot(resources)).isEqualTo(before);
    }
}
