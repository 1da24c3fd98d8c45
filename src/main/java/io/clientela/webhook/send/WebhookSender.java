package io.clientela.webhook.send;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends messages to webhooks by HTTP/1.1: signed, to checked addresses, within a maximum time, without following
 * redirects, and without reading more than 1 KiB of an answer.
 */
@ApplicationScoped
public class WebhookSender {
    private static final String CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

    private final Vertx vertx;
    private final HttpClient client;
    private final WebhookUrls urls;
    private final WebhookTargets targets;
    private final long timeoutMillis;
    private final String userAgent;

    @Inject
    WebhookSender(
            Vertx vertx,
            WebhookUrls urls,
            WebhookTargets targets,
            WebhookSettings settings,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this(vertx, urls, targets, settings.timeout(), version, WebhookConnections.options(settings));
    }

    WebhookSender(
            Vertx vertx,
            WebhookUrls urls,
            WebhookTargets targets,
            Duration timeout,
            String version,
            HttpClientOptions options) {
        this.vertx = vertx;
        this.urls = urls;
        this.targets = targets;
        timeoutMillis = timeout.toMillis();
        userAgent = "Clientela/" + version;
        client = WebhookConnections.client(vertx, options);
    }

    /** Sends a message. Never fails for what the receiver does: the result says why it did not answer. */
    public Uni<WebhookResponse> send(WebhookRequest request) {
        return Uni.createFrom().completionStage(() -> {
            long start = System.nanoTime();
            return exchange(request)
                    .map(answer -> new WebhookResponse(
                            answer.status(), since(start), answer.body(), null, answer.retryAfter()))
                    .otherwise(failure ->
                            new WebhookResponse(null, since(start), null, FailureReasons.of(failure), Optional.empty()))
                    .toCompletionStage();
        });
    }

    private Future<WebhookAnswer> exchange(WebhookRequest request) {
        var refusal = urls.refusal(request.url().toString());
        if (refusal.isPresent()) {
            return Future.failedFuture(TargetRefusedException.url(refusal.get()));
        }
        var context = vertx.getOrCreateContext();
        var exchange = new WebhookExchange(client, request.body());
        context.runOnContext(now -> start(exchange, request, context));
        return exchange.result();
    }

    private void start(WebhookExchange exchange, WebhookRequest request, Context context) {
        long timer = vertx.setTimer(timeoutMillis, now -> exchange.timeOut());
        exchange.result().onComplete(result -> vertx.cancelTimer(timer));
        targets.of(request.url())
                .onComplete(found -> context.runOnContext(now -> {
                    if (found.succeeded()) {
                        exchange.start(found.result(), options(request));
                    } else {
                        exchange.fail(found.cause());
                    }
                }));
    }

    private RequestOptions options(WebhookRequest request) {
        var url = request.url();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(WebhookTargets.isHttps(url))
                .setHost(WebhookTargets.host(url))
                .setPort(WebhookTargets.port(url))
                .setURI(target(url))
                .putHeader("content-type", CONTENT_TYPE)
                .putHeader("user-agent", userAgent)
                .putHeader("webhook-id", request.id())
                .putHeader(
                        "webhook-timestamp", Long.toString(request.timestamp().getEpochSecond()))
                .putHeader(
                        "webhook-signature",
                        WebhookSecrets.sign(request.id(), request.timestamp(), request.body(), request.secrets()));
    }

    /** Returns the request target (RFC 9112, section 3.2.1). */
    private static String target(URI url) {
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
