package io.clientela.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.RawRequest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that the HTTP server cannot decode or route. */
@QuarkusTest
class UnroutableRequestTest extends ApiTest {
    private static final String HOST = "\r\nHost: localhost\r\nX-Request-Id: unroutable\r\n";

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("URL too long", get("/v1/customers?search=" + "a".repeat(5_000)), 414, "uri_too_long"),
                Arguments.of("URL far too long", get("/" + "a".repeat(60_000)), 414, "uri_too_long"),
                Arguments.of(
                        "headers too large",
                        get("/v1/customers", "X-Long: " + "a".repeat(30_000) + "\r\n"),
                        431,
                        "headers_too_large"),
                Arguments.of("pipe in the query", get("/v1/customers?search=a|b"), 400, "bad_request"),
                Arguments.of("brace in the query", get("/v1/customers?search={a}"), 400, "bad_request"),
                Arguments.of("caret in the query", get("/v1/customers?search=a^b"), 400, "bad_request"),
                Arguments.of("broken escape", get("/v1/customers?search=%zz"), 400, "bad_request"),
                Arguments.of("NUL in a header", get("/v1/customers", "X-Nul: a\0b\r\n"), 400, "bad_request"),
                Arguments.of("space in a header's name", get("/v1/customers", "X Y: a\r\n"), 400, "bad_request"),
                Arguments.of("no Host", "GET /v1/customers HTTP/1.1\r\n\r\n", 400, "bad_request"),
                Arguments.of("Host that is none", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "bad_request"),
                Arguments.of("unknown version", "GET / HTTP/7.1" + HOST + "\r\n", 400, "bad_request"),
                Arguments.of("asterisk", "OPTIONS * HTTP/1.1" + HOST + "\r\n", 400, "bad_request"),
                Arguments.of("no HTTP at all", "hello\r\n\r\n", 400, "bad_request"),
                Arguments.of(
                        "pipe with a body",
                        "POST /v1/customers?| HTTP/1.1" + HOST + "Content-Length: 2\r\n\r\n{}",
                        400,
                        "bad_request"));
    }

    private static String get(String target, String... headers) {
        return "GET " + target + " HTTP/1.1" + HOST + String.join("", headers) + "\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void unroutableRequestReturnsProblem(String name, String request, int status, String code) {
        var answer = RawRequest.send(request);

        var parts = answer.split("\r\n\r\n", 2);
        assertThat(parts[0].toLowerCase(Locale.ROOT))
                .matches("(?s)http/[0-9.]+ " + status + " .*")
                .contains("content-type: application/problem+json", "x-request-id: ", "connection: close");
        var problem = JsonPath.from(parts[1]);
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(parts[0]).containsIgnoringCase("x-request-id: " + problem.getString("request_id"));
    }

    @Test
    void routableRequestKeepsItsConnection() {
        var request = "GET /v1/customers HTTP/1.1" + HOST;

        var answer = RawRequest.send(request + "\r\n" + request + "Connection: close\r\n\r\n");

        assertThat(answer.split("HTTP/1.1 401", -1)).hasSize(3);
    }
}
