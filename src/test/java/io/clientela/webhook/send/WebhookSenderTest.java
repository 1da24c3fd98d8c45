package io.clientela.webhook.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookSenderTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void statusAndBodyOfAnswerAreReturned() {
        var server = vertx.createHttpServer()
                .requestHandler(request -> request.response().setStatusCode(202).end("thanks"));

        var response = send(start(server), "/hook");

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("thanks");
        assertThat(response.error()).isNull();
    }

    private int start(HttpServer server) {
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private WebhookResponse send(int port, String path) {
        var settings = new TestSettings(true, Duration.ofSeconds(10));
        var sender = new WebhookSender(
                vertx,
                new WebhookUrls(settings),
                new WebhookTargets(new SystemHostResolver(vertx, settings), settings),
                settings,
                "1");
        var request = new WebhookRequest(
                URI.create("http://127.0.0.1:" + port + path),
                "id",
                Instant.now(),
                "{}".getBytes(UTF_8),
                List.of(WebhookSecrets.generate()));
        return sender.send(request).await().indefinitely();
    }
}
