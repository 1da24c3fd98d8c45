package io.clientela.security;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import io.clientela.support.ApiTest;
import io.clientela.support.RawRequest;
import io.clientela.support.TestTenant;
import io.clientela.support.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that try to be more than they are, or to break what reads them. */
@QuarkusTest
class HostileTokenTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    private String token(Consumer<JwtClaims> claims) {
        return TestTokens.with(all -> {
            all.setSubject("jane");
            all.setClaim("tenant", tenant.name());
            all.setClaim("scope", "customers:read customers:write");
            claims.accept(all);
        });
    }

    private static ValidatableResponse list(String token) {
        return TestTenant.call(token).get(CUSTOMERS).then();
    }

    /** A good token's claims and signature under another header. */
    private String withHeader(String header) {
        var parts = token(any -> {}).split("\\.");
        return base64(header) + "." + parts[1] + "." + parts[2];
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS256\",\"kid\":\"rsa\"}",
                "{\"alg\":\"ES256\",\"kid\":\"rsa\"}",
                "{\"alg\":\"RS256\",\"kid\":\"ec\"}",
                "{\"alg\":\"RS256\",\"kid\":7}",
                "{\"alg\":[\"RS256\"],\"kid\":\"rsa\"}",
                "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"x\"],\"x\":1}",
                "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"b64\":false,\"crit\":[\"b64\"]}",
                "{\"alg\":\"RS256\",\"alg\":\"ES256\",\"kid\":\"rsa\"}",
                "{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}",
                "{\"alg\":\"RS256\",\"jku\":\"http://localhost:1/jwks\"}",
                "{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"kid\":\"rsa\"}",
                "{}",
                "[]",
                "null"
            })
    void forgedHeaderIsInvalidToken(String header) {
        list(withHeader(header)).statusCode(401).body("code", equalTo("invalid_token"));
    }

    @Test
    void encryptedOrNestedTokenIsInvalid() {
        var good = token(any -> {});

        list(good + ".AAAA.AAAA").statusCode(401);
        list(base64("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"cty\":\"JWT\"}") + "." + base64(good) + ".AAAA")
                .statusCode(401);
    }

    @Test
    void longKeyIdIsInvalidToken() {
        list(withHeader("{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(8_000) + "\"}"))
                .statusCode(401);
    }

    @Test
    void deeplyNestedHeaderIsInvalidToken() {
        var deep = "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

        list(withHeader(deep).substring(0, 12_000)).statusCode(401);
    }

    /** In one write: a client that writes by pieces can meet the closed end of the connection before it reads. */
    @Test
    void tokenOf64KilobytesReturns431() {
        var response = RawRequest.send("GET " + CUSTOMERS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + "x".repeat(64 * 1024) + "\r\n\r\n");

        assertThat(response).contains(" 431 ").contains("\"headers_too_large\"");
    }

    @Test
    void tenantClaimOfAnotherTypeNamesNoTenant() {
        var others = Arrays.asList(1, true, Map.of("a", "b"), List.of(List.of(tenant.name())), List.of(1, true), null);
        for (Object claim : others) {
            list(token(claims -> claims.setClaim("tenant", claim)))
                    .statusCode(403)
                    .body("code", equalTo("no_tenant"));
        }
    }

    @Test
    void tenantThatIsNamedTwiceIsOne() {
        list(token(claims -> claims.setClaim("tenant", List.of(tenant.name(), tenant.name()))))
                .statusCode(200);
    }

    @Test
    void subjectThatCannotBeRecordedIsInvalidToken() {
        List<Object> subjects =
                List.of("x".repeat(256), "x".repeat(10_000), "a\u0000b", "a\nb", "", " ", 7, List.of("a"), Map.of());
        for (Object subject : subjects) {
            list(token(claims -> claims.setClaim("sub", subject)))
                    .statusCode(401)
                    .body("code", equalTo("invalid_token"));
        }
    }

    @Test
    void longestSubjectIsRecorded() {
        var subject = "\u00e9".repeat(255);

        var id = TestTenant.call(token(claims -> claims.setSubject(subject)))
                .contentType("application/json")
                .header("Idempotency-Key", "k".repeat(255))
                .body("{\"name\":\"Jane\"}")
                .post(CUSTOMERS)
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");

        var actor = tenant.call().get(CUSTOMERS + "/" + id + "/history").<String>path("data[0].actor");
        assertThat(actor).isEqualTo(subject);
    }

    @Test
    void locationClaimThatIsNoneReturns403() {
        List<Object> locations = List.of("", " ", "x".repeat(65), "a\u0000b", 7, true, List.of("l1"), Map.of());
        for (Object location : locations) {
            list(token(claims -> claims.setClaim("location", location)))
                    .statusCode(403)
                    .body("code", equalTo("location_forbidden"));
        }
    }

    @Test
    void claimsOfOtherTypesGrantNothing() {
        for (String claim : List.of("scope", "groups")) {
            for (Object value :
                    List.of(7, true, Map.of("admin", "admin"), List.of(List.of("admin", "customers:read")))) {
                list(token(claims -> {
                            claims.setClaim("scope", "openid");
                            claims.setClaim(claim, value);
                        }))
                        .statusCode(oneOf(401, 403))
                        .body("code", oneOf("invalid_token", "insufficient_scope"));
            }
        }
    }

    @Test
    void expiryThatIsNoNumberIsInvalidToken() {
        for (Object expiry : List.of("9999999999", "tomorrow", true, List.of(9_999_999_999L), Map.of(), -1)) {
            list(token(claims -> claims.setClaim("exp", expiry))).statusCode(401);
        }
    }

    @Test
    void hugeTimesAreNoFailure() {
        for (String time : List.of("exp", "iat", "nbf")) {
            for (Object value : List.of(Long.MAX_VALUE, Long.MIN_VALUE, 1e300, 1.5)) {
                list(token(claims -> claims.setClaim(time, value))).statusCode(oneOf(200, 401));
            }
        }
    }

    @Test
    void groupMappingsCannotFail() {
        for (Object mapping : List.of(7, "x", List.of(1), Map.of("a", 1), Map.of("a", List.of()))) {
            list(token(claims -> {
                        claims.setClaim("groups", List.of("a"));
                        claims.setClaim("roleMappings", mapping);
                    }))
                    .statusCode(200);
        }
    }
}
