package io.clientela.webhook.send;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** How connections to receivers are made and kept. */
final class WebhookConnections {
    private static final Logger LOG = Logger.getLogger(WebhookConnections.class);

    /** Of each address of each host; the deliveries to an endpoint at the same time are fewer. */
    private static final int MAX_CONNECTIONS = 64;

    private static final int MAX_WAITING = 1_000;
    private static final int MAX_HEADERS_BYTES = 8_192;

    /** Shorter than servers keep idle connections, mostly 5 s or more, so that none closes one that is used again. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    /** A receiver may ask that connections be kept longer. Not by more than this beyond the time of a delivery. */
    private static final int MAX_IDLE_MILLIS = 1_000;

    private WebhookConnections() {}

    /**
     * HTTP/1.1, of which a connection can be closed in the middle of an answer. TLS with the certificate authorities of
     * the JVM and for the host's name. No compression, which a receiver could answer with a bomb, and nothing of
     * traces.
     */
    static HttpClientOptions options(WebhookSettings settings) {
        int timeout = Math.toIntExact(settings.timeout().toMillis());
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setVerifyHost(true)
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setSslHandshakeTimeout(timeout)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setIdleTimeout(timeout + MAX_IDLE_MILLIS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxHeaderSize(MAX_HEADERS_BYTES)
                .setDecompressionSupported(false)
                .setTracingPolicy(TracingPolicy.IGNORE);
    }

    /** Returns a client whose connections log what receivers do wrong at debug level only. */
    static HttpClient client(Vertx vertx, HttpClientOptions options) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING))
                .withConnectHandler(connection -> connection.exceptionHandler(
                        failure -> LOG.debugf("Connection to %s: %s", connection.remoteAddress(), failure)))
                .build();
    }
}
