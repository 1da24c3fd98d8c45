package io.clientela.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clientela.http.problem.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys by URL, from an issuer that fails in different ways. */
class IssuerKeysTest {
    /** The shortest time between two fetches, and a little more. */
    private static final Duration INTERVAL = Duration.ofMillis(5_300);

    private static final String DOWN = "down";
    private static final String SILENT = "silent";

    private final PublicJsonWebKey first = key("first");
    private final PublicJsonWebKey second = key("second");
    private final AtomicInteger fetches = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile String answer = setOf(first);
    private HttpServer issuer;
    private IssuerKeys keys;
    private TokenIdentityProvider bearers;

    @BeforeEach
    void start() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.setExecutor(Executors.newCachedThreadPool());
        issuer.createContext("/jwks", this::serve);
        issuer.start();
        var url = "http://localhost:" + issuer.getAddress().getPort() + "/jwks";
        var settings = new JWTAuthContextInfo(url, "https://issuer.test");
        keys = new IssuerKeys(settings);
        bearers = new TokenIdentityProvider(keys, token -> Optional.empty());
    }

    @AfterEach
    void stop() {
        end.complete(null);
        issuer.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        if (answer.equals(SILENT)) {
            end.join();
        }
        var body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.equals(DOWN) ? 500 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void knownKeyWorksThroughOutage() {
        authenticate(first);
        answer = DOWN;

        assertThat(authenticate(first).getPrincipal().getName()).isEqualTo("jane");
        assertThat(fetches).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {DOWN, SILENT, "", "garbage", "{}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"x\"}]}", "[1]"})
    void tokenWithoutAnyKeysIs503(String broken) {
        answer = broken;
        var start = Instant.now();

        assertUnavailable(() -> authenticate(first));

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void keysAreHadOnceIssuerRecovers() throws InterruptedException {
        answer = DOWN;
        assertUnavailable(() -> authenticate(first));
        answer = setOf(first);

        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());

        assertThat(authenticate(first)).isNotNull();
    }

    @Test
    void rotationIsSeenWhileUnknownKeysFlood() throws InterruptedException {
        authenticate(first);
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
        assertInvalid(() -> authenticate(key("stray")));
        answer = setOf(first, second);

        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());

        assertThat(authenticate(second)).isNotNull();
        assertThat(authenticate(first)).isNotNull();
    }

    @Test
    void withdrawnKeyIsRefusedAfterRefresh() throws InterruptedException {
        var token = token(first);
        authenticate(token);
        answer = setOf(second);
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());

        keys.refresh().await().indefinitely();

        assertInvalid(() -> authenticate(first));
    }

    @Test
    void unknownKeysDoNotFloodIssuer() {
        authenticate(first);
        var stray = key("stray");

        var start = Instant.now();
        IntStream.range(0, 500).forEach(i -> assertInvalid(() -> authenticate(stray)));

        long seconds = Duration.between(start, Instant.now()).toSeconds();
        assertThat(fetches.get()).isLessThanOrEqualTo((int) (2 + seconds / 5));
    }

    /** The token may be signed with a key that is new. */
    @Test
    void unknownKeyDuringOutageIs503() throws InterruptedException {
        authenticate(first);
        answer = DOWN;
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());

        assertUnavailable(() -> authenticate(second));
        assertThat(authenticate(first)).isNotNull();
    }

    @Test
    void silentIssuerIsAskedOnceAtATime() throws InterruptedException {
        authenticate(first);
        answer = SILENT;
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
        var stray = key("stray");
        var threads = Executors.newFixedThreadPool(20);

        var waiting = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.runAsync(() -> assertUnavailable(() -> authenticate(stray)), threads))
                .toList();
        var start = Instant.now();
        assertThat(authenticate(first)).isNotNull();

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(1));
        waiting.forEach(CompletableFuture::join);
        assertThat(fetches).hasValue(2);
        threads.shutdown();
    }

    private SecurityIdentity authenticate(PublicJsonWebKey key) {
        return authenticate(token(key));
    }

    private SecurityIdentity authenticate(String token) {
        var request = new TokenAuthenticationRequest(new TokenCredential(token, "bearer"));
        AuthenticationRequestContext platform = work -> Uni.createFrom().item(work);
        return bearers.authenticate(request, platform).await().atMost(Duration.ofSeconds(10));
    }

    private static void assertUnavailable(Supplier<?> call) {
        assertThatThrownBy(call::get).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code().status()).isEqualTo(503);
            assertThat(problem.headers()).containsEntry("Retry-After", "5");
        });
    }

    private static void assertInvalid(Supplier<?> call) {
        assertThatThrownBy(call::get).isInstanceOf(AuthenticationFailedException.class);
    }

    private static PublicJsonWebKey key(String id) {
        var key = TokenVerifierTest.generate(false);
        key.setKeyId(id);
        return key;
    }

    private static String setOf(JsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private static String token(PublicJsonWebKey key) {
        var claims = new JwtClaims();
        claims.setIssuer("https://issuer.test");
        claims.setSubject("jane");
        claims.setIssuedAtToNow();
        claims.setGeneratedJwtId();
        claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() + 300));
        var jws = new JsonWebSignature();
        jws.setKey(key.getPrivateKey());
        jws.setKeyIdHeaderValue(key.getKeyId());
        jws.setAlgorithmHeaderValue("ES256");
        jws.setPayload(claims.toJson());
        try {
            return jws.getCompactSerialization();
        } catch (org.jose4j.lang.JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
