package io.clientela.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a receiver that behaves gets, and what is made of its answer. */
class WebhookSenderTest {
    private final SenderFixture fixture = new SenderFixture();
    private final WebhookSender sender = fixture.sender(SenderFixture.TIMEOUT);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void statusAndBodyOfAnswerAreReturned() {
        int port = fixture.httpReceiver(server -> server.requestHandler(
                request -> request.response().setStatusCode(202).end("thanks")));

        var response = fixture.send(sender, "http://127.0.0.1:" + port + "/hook");

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("thanks");
        assertThat(response.error()).isNull();
        assertThat(response.duration()).isPositive();
    }

    @Test
    void timeForWhichReceiverAsksIsReturned() {
        int port = fixture.httpReceiver(server -> server.requestHandler(request -> request.response()
                .setStatusCode(503)
                .putHeader("Retry-After", "120")
                .end()));

        assertThat(fixture.send(sender, "http://127.0.0.1:" + port).retryAfter())
                .hasValue(Duration.ofMinutes(2));
    }

    @Test
    void requestIsSignedCloudEvent() {
        var received = new CompletableFuture<HttpServerRequest>();
        var body = new CompletableFuture<Buffer>();
        int port = fixture.httpReceiver(server -> server.requestHandler(request -> request.bodyHandler(whole -> {
            received.complete(request);
            body.complete(whole);
            request.response().end();
        })));
        var sent = fixture.request("http://localhost:" + port + "/hook/%41?key=a%20b");

        sender.send(sent).await().indefinitely();

        var request = received.join();
        assertThat(request.method().name()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo("/hook/%41?key=a%20b");
        assertThat(body.join().getBytes()).isEqualTo(sent.body());
        assertThat(request.headers().names())
                .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                .containsExactlyInAnyOrder(
                        "host",
                        "content-type",
                        "content-length",
                        "user-agent",
                        "webhook-id",
                        "webhook-timestamp",
                        "webhook-signature");
        assertThat(request.getHeader("host")).isEqualTo("localhost:" + port);
        assertThat(request.getHeader("content-type")).isEqualTo("application/cloudevents+json; charset=utf-8");
        assertThat(request.getHeader("user-agent")).isEqualTo("Clientela/1.0");
        assertThat(request.getHeader("webhook-id")).isEqualTo("msg-1");
        var timestamp = Instant.ofEpochSecond(Long.parseLong(request.getHeader("webhook-timestamp")));
        assertThat(request.getHeader("webhook-signature"))
                .isEqualTo(WebhookSecrets.sign("msg-1", timestamp, sent.body(), List.of(fixture.secret)));
    }

    @Test
    void urlWithoutPathRequestsTheRoot() {
        int port = fixture.httpReceiver(
                server -> server.requestHandler(request -> request.response().end(request.uri())));

        assertThat(fixture.send(sender, "http://127.0.0.1:" + port).body()).isEqualTo("/");
        assertThat(fixture.send(sender, "http://127.0.0.1:" + port + "?a=1").body())
                .isEqualTo("/?a=1");
    }

    @Test
    void redirectIsAnAnswerAndNotFollowed() {
        var followed = new AtomicInteger();
        int internal = fixture.httpReceiver(server -> server.requestHandler(request -> {
            followed.incrementAndGet();
            request.response().end();
        }));

        for (int status : new int[] {301, 302, 303, 307, 308}) {
            int port = fixture.httpReceiver(server -> server.requestHandler(request -> request.response()
                    .setStatusCode(status)
                    .putHeader("location", "http://127.0.0.1:" + internal + "/")
                    .end()));
            assertThat(fixture.send(sender, "http://127.0.0.1:" + port).status())
                    .isEqualTo(status);
        }
        assertThat(followed).hasValue(0);
    }

    @Test
    void cookiesAreNotSentBack() {
        List<String> cookies = new CopyOnWriteArrayList<>();
        int port = fixture.httpReceiver(server -> server.requestHandler(request -> {
            cookies.addAll(request.headers().getAll("cookie"));
            request.response().putHeader("set-cookie", "id=1; Path=/").end();
        }));

        fixture.send(sender, "http://127.0.0.1:" + port);
        fixture.send(sender, "http://127.0.0.1:" + port);

        assertThat(cookies).isEmpty();
    }

    @Test
    void connectionIsUsedAgain() {
        var connections = new AtomicInteger();
        int port = fixture.httpReceiver(server -> server.connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(request -> request.response().end("ok")));

        for (int i = 0; i < 5; i++) {
            assertThat(fixture.send(sender, "http://127.0.0.1:" + port).status())
                    .isEqualTo(200);
        }

        assertThat(connections).hasValue(1);
    }

    @Test
    void unreachableReceiverIsAnError() {
        int port = fixture.httpReceiver(server -> server.requestHandler(request -> {}));
        fixture.close();
        try (var other = new SenderFixture()) {
            var response = other.send(other.sender(SenderFixture.TIMEOUT), "http://127.0.0.1:" + port);

            assertThat(response.status()).isNull();
            assertThat(response.body()).isNull();
            assertThat(response.error()).isEqualTo("connection failed");
        }
    }

    @Test
    void unknownHostIsAnError() {
        var response = fixture.send(sender, "http://unknown.invalid/");

        assertThat(response.error()).isEqualTo("host not found");
    }

    @Test
    void urlThatIsNoLongerAllowedIsAnError() {
        var settings = new TestSettings(false, Duration.ofSeconds(10));
        var strict = new WebhookSender(
                fixture.vertx,
                new WebhookUrls(settings),
                new WebhookTargets(new SystemHostResolver(fixture.vertx, settings), settings),
                settings,
                "1.0");

        assertThat(fixture.send(strict, "http://127.0.0.1:1/").error())
                .isEqualTo("URL refused: it must begin with https://");
    }
}
