package io.clientela.webhook.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A sender, and receivers on this machine to which it sends. */
final class SenderFixture implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** For receivers that never end their answers. */
    static final Duration SHORT_TIMEOUT = Duration.ofSeconds(2);

    private static final byte[] BODY = "{\"id\":\"1\"}".getBytes(UTF_8);

    final Vertx vertx = Vertx.vertx();
    final String secret = WebhookSecrets.generate();

    /** Starts a receiver that speaks HTTP, and returns its port. */
    int httpReceiver(Consumer<HttpServer> definition) {
        return httpReceiver(new HttpServerOptions().setHost("127.0.0.1"), definition);
    }

    int httpReceiver(HttpServerOptions options, Consumer<HttpServer> definition) {
        var server = vertx.createHttpServer(options.setPort(0));
        definition.accept(server);
        return result(server.listen()).actualPort();
    }

    /** Starts a receiver that writes what it likes once a request came, and returns its port. */
    int rawReceiver(Consumer<NetSocket> answer) {
        NetServer server = vertx.createNetServer();
        server.connectHandler(socket -> {
            socket.exceptionHandler(failure -> {});
            socket.handler(request -> answer.accept(socket));
        });
        return result(server.listen(0, "127.0.0.1")).actualPort();
    }

    /** Returns a sender that may send to this machine. */
    WebhookSender sender(Duration timeout) {
        var settings = new TestSettings(true, timeout);
        return sender(
                settings,
                new WebhookTargets(new SystemHostResolver(vertx, settings), settings),
                WebhookConnections.options(settings));
    }

    /** Returns a sender with a resolver of its own that may send to some addresses only. */
    WebhookSender sender(
            Duration timeout, HostResolver resolver, Predicate<InetAddress> isAllowed, HttpClientOptions options) {
        return sender(new TestSettings(true, timeout), new WebhookTargets(resolver, isAllowed), options);
    }

    private WebhookSender sender(WebhookSettings settings, WebhookTargets targets, HttpClientOptions options) {
        return new WebhookSender(vertx, new WebhookUrls(settings), targets, settings.timeout(), "1.0", options);
    }

    WebhookResponse send(WebhookSender sender, String url) {
        return sender.send(request(url)).await().indefinitely();
    }

    WebhookRequest request(String url) {
        return new WebhookRequest(URI.create(url), "msg-1", Instant.now(), BODY, List.of(secret));
    }

    static <T> T result(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        result(vertx.close());
    }
}
