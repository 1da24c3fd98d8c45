package io.clientela.dialect;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.support.ApiTest;
import io.clientela.support.RawRequest;
import io.clientela.support.TestDialects;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever rejects a request to a path of a dialect, the response has the dialect's shape. */
@QuarkusTest
class DialectErrorTest extends ApiTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The members that errors of a dialect have. */
    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "voki", Set.of("errors"),
            "storefront", Set.of("detail"),
            "dooki", Set.of("message", "errors"),
            "aivapad", Set.of("error", "message"),
            "location", Set.of("success", "message", "errors"));

    private final TestTenant tenant = TestTenant.fresh();

    static Set<String> names() {
        return MEMBERS.keySet().stream()
                .filter(TestDialects.BASE_PATHS::containsKey)
                .collect(java.util.stream.Collectors.toSet());
    }

    static Set<String> creating() {
        var creating = TestDialects.creating();
        creating.retainAll(names());
        return creating;
    }

    private String customers(String dialect) {
        return TestDialects.customers(dialect, tenant.name());
    }

    private static void assertError(String dialect, Response response, int status, String code) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.header("X-Request-Id")).isNotBlank();
        assertThat(response.header("Cache-Control")).isIn("private, no-cache", "no-store");
        assertThat(response.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertError(dialect, response.contentType(), response.header("X-Problem-Code"), code, response.asString());
    }

    private static void assertError(String dialect, String type, String sentCode, String code, String body) {
        assertThat(type).startsWith("application/json");
        assertThat(sentCode).isEqualTo(code);
        try {
            JsonNode error = MAPPER.readTree(body);
            assertThat(error.properties().stream().map(Map.Entry::getKey))
                    .as(body)
                    .containsExactlyInAnyOrderElementsOf(MEMBERS.get(dialect));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void routingErrorsHaveShapeOfDialect(String dialect) {
        var path = customers(dialect);

        assertError(dialect, tenant.call().get(path + "/a/b/c/d"), 404, "not_found");
        if (!TestDialects.BASE_PATHS.containsValue(path)) {
            assertError(dialect, tenant.call().get(TestDialects.BASE_PATHS.get(dialect)), 404, "not_found");
        }
        int malformed = TestDialects.malformedId(path);
        assertError(
                dialect,
                tenant.call().get(path + "/not-an-id"),
                malformed,
                malformed == 404 ? "not_found" : "validation_failed");
        var wrongMethod = tenant.call().patch(path);
        assertError(dialect, wrongMethod, 405, "method_not_allowed");
        assertThat(wrongMethod.header("Allow").split(", ")).contains("GET");
        assertError(dialect, tenant.call().accept("text/csv").get(path), 406, "not_acceptable");
    }

    @ParameterizedTest
    @MethodSource("creating")
    void errorOfMediaTypeHasShapeOfDialect(String dialect) {
        var path = customers(dialect);

        var wrongMethod = tenant.call().patch(path);
        assertThat(wrongMethod.header("Allow").split(", ")).contains("GET", "POST");
        var wrongMethodOfOne = tenant.json("{}").post(path + "/" + tenant.createNamed("Jane"));
        assertError(dialect, wrongMethodOfOne, 405, "method_not_allowed");
        assertThat(wrongMethodOfOne.header("Allow").split(", ")).contains("GET", "PUT", "DELETE");
        assertError(
                dialect, tenant.call().contentType("text/plain").body("x").post(path), 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @MethodSource("creating")
    void errorsOfBodiesHaveShapeOfDialect(String dialect) {
        var path = customers(dialect);

        assertError(dialect, tenant.json("{").post(path), 400, "malformed_json");
        assertError(dialect, tenant.json("[]").post(path), 400, "malformed_json");
        assertError(
                dialect,
                tenant.json("{\"a\":".repeat(100) + "1" + "}".repeat(100)).post(path),
                400,
                "malformed_json");
        assertError(dialect, tenant.json("\"" + "a".repeat(1_100_000) + "\"").post(path), 413, "body_too_large");
    }

    @ParameterizedTest
    @MethodSource("names")
    void errorsOfCallersHaveShapeOfDialect(String dialect) {
        var path = customers(dialect);
        int invalid = TestDialects.invalidParameter(path);
        int unauthenticated = TestDialects.unauthenticated(path);
        var noTenant = TestTokens.with(claims -> claims.setStringClaim("scope", "customers:read"));

        assertError(dialect, given().get(path), unauthenticated, "unauthenticated");
        assertError(dialect, TestTenant.call("abc.def.ghi").get(path), unauthenticated, "invalid_token");
        assertError(dialect, tenant.callWith("customers:write").get(path), 403, "insufficient_scope");
        assertError(dialect, TestTenant.call(noTenant).get(path), 403, "no_tenant");
        assertError(dialect, tenant.call().header("X-Tenant", "other").get(path), 403, "tenant_forbidden");
        assertError(dialect, tenant.call().header("X-Location", " ").get(path), invalid, "invalid_header");
        assertError(dialect, tenant.call().get(path + "?surprise=1"), invalid, "invalid_parameter");
    }

    @ParameterizedTest
    @MethodSource("names")
    void unroutableRequestsHaveShapeOfDialect(String dialect) {
        var path = customers(dialect);

        assertRawError(dialect, path + "?search=a|b", "", 400, "bad_request");
        assertRawError(dialect, path + "?search=%zz", "", 400, "bad_request");
        assertRawError(dialect, path, "X-Long: " + "a".repeat(30_000) + "\r\n", 431, "headers_too_large");
    }

    private static void assertRawError(String dialect, String target, String header, int status, String code) {
        var answer = RawRequest.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
                .split("\r\n\r\n", 2);

        assertThat(answer[0].toLowerCase(Locale.ROOT)).startsWith("http/1.1 " + status);
        assertError(
                dialect, headerOf(answer[0], "content-type"), headerOf(answer[0], "x-problem-code"), code, answer[1]);
    }

    private static String headerOf(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse(null);
    }
}
