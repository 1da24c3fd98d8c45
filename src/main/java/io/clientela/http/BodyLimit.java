package io.clientela.http;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemDocument;
import io.clientela.http.problem.ProblemException;
import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Rejects a body that is over the limit, before any of it is stored if its {@code Content-Length} says so, and one that
 * does not arrive in time. A body that is too large is read and discarded, up to a bound, because a client that is
 * still sending does not read the response.
 */
@ApplicationScoped
public class BodyLimit {
    private static final int AFTER_DIALECTS = Integer.MAX_VALUE - 2;
    private static final int MAX_DRAINED_LIMITS = 16;
    /** RFC 9113, section 7. */
    private static final long NO_ERROR = 0;

    /** How long a client that is still sending has to read the response, as in other servers' lingering close. */
    private static final long LINGER_MILLIS = 30_000;

    private final long limit;
    private final long timeout;
    private final List<StreamedRequest> streamed;

    BodyLimit(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
            Settings settings,
            @All List<StreamedRequest> streamed) {
        this.limit = limit.asLongValue();
        this.timeout = settings.bodyTimeout().toMillis();
        this.streamed = streamed;
    }

    /** Limits for which Quarkus has no setting. */
    @ConfigMapping(prefix = "clientela.http")
    public interface Settings {
        /**
         * How long a body may take to arrive. The idle timeout does not cover this: a connection that receives a few
         * bytes at a time is never idle.
         */
        @WithDefault("30S")
        Duration bodyTimeout();
    }

    void install(@Observes io.quarkus.vertx.http.runtime.filters.Filters filters) {
        filters.register(this::check, AFTER_DIALECTS);
    }

    private void check(RoutingContext exchange) {
        if (isStreamed(exchange.request())) {
            passOn(exchange);
            return;
        }
        long length = length(exchange);
        if (length > 0 || hasUnknownLength(exchange.request())) {
            long timer = exchange.vertx().setTimer(timeout, id -> rejectSlow(exchange));
            exchange.addEndHandler(end -> exchange.vertx().cancelTimer(timer));
        }
        if (length <= limit) {
            exchange.next();
            return;
        }
        Runnable reject = () -> ProblemDocument.send(tooLarge(exchange), exchange);
        if (length > limit * MAX_DRAINED_LIMITS) {
            reject.run();
        } else {
            exchange.request()
                    .handler(chunk -> {})
                    .endHandler(end -> reject.run())
                    .resume();
        }
    }

    private boolean isStreamed(HttpServerRequest request) {
        return streamed.stream().anyMatch(operation -> operation.reads(request));
    }

    /**
     * Leaves the body to the operation, which has limits of its own: Quarkus rejects by {@code Content-Length}, so it
     * must not see it. What the operation does not read is discarded for a while, since a client that is still sending
     * does not read the response.
     */
    private static void passOn(RoutingContext exchange) {
        var request = exchange.request();
        request.headers().remove(HttpHeaders.CONTENT_LENGTH);
        exchange.addEndHandler(end -> {
            if (request.isEnded()) {
                return;
            }
            if (request.version() == HttpVersion.HTTP_2) {
                exchange.response().reset(NO_ERROR);
            } else {
                long timer = exchange.vertx()
                        .setTimer(LINGER_MILLIS, late -> request.connection().close());
                request.exceptionHandler(gone -> exchange.vertx().cancelTimer(timer))
                        .handler(chunk -> {})
                        .endHandler(read -> exchange.vertx().cancelTimer(timer))
                        .resume();
            }
        });
        exchange.next();
    }

    /**
     * Reads a body of unknown length once the caller is known, so that no one else can make the service store it. The
     * REST layer's own reading would answer one that is too large without a problem document.
     *
     * @throws ProblemException 413
     */
    @ServerRequestFilter(priority = Filters.BODY)
    public Uni<Void> readUnknownLength(RoutingContext exchange, ContainerRequestContext request) {
        if (!hasUnknownLength(exchange.request()) || exchange.request().isEnded() || isStreamed(exchange.request())) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .<byte[]>emitter(body -> read(exchange, body))
                .invoke(body -> request.setEntityStream(new ByteArrayInputStream(body)))
                .replaceWithVoid();
    }

    private void read(RoutingContext exchange, UniEmitter<? super byte[]> emitter) {
        var body = Buffer.buffer();
        var size = new AtomicLong();
        exchange.request()
                .handler(chunk -> {
                    if (size.addAndGet(chunk.length()) <= limit) {
                        body.appendBuffer(chunk);
                    } else if (size.get() > limit * MAX_DRAINED_LIMITS) {
                        emitter.fail(tooLarge(exchange));
                    }
                })
                .exceptionHandler(emitter::fail)
                .endHandler(end -> {
                    if (size.get() <= limit) {
                        emitter.complete(body.getBytes());
                    } else {
                        emitter.fail(tooLarge(exchange));
                    }
                });
        if (exchange.request().headers().contains(HttpHeaders.EXPECT)) {
            exchange.response().writeContinue();
        }
        exchange.request().resume();
    }

    private static ProblemException tooLarge(RoutingContext exchange) {
        closeAfterResponse(exchange);
        return Failures.forStatus(ProblemCode.BODY_TOO_LARGE.status());
    }

    private static void rejectSlow(RoutingContext exchange) {
        if (!exchange.request().isEnded() && !exchange.response().headWritten()) {
            closeAfterResponse(exchange);
            ProblemDocument.send(Failures.forStatus(ProblemCode.BODY_TOO_SLOW.status()), exchange);
        }
    }

    /** Ends the connection, or with HTTP/2 the stream (RFC 9113, section 8.1), since the body may still be arriving. */
    private static void closeAfterResponse(RoutingContext exchange) {
        if (exchange.request().version() == HttpVersion.HTTP_2) {
            exchange.addEndHandler(end -> exchange.response().reset(NO_ERROR));
        } else {
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            exchange.addEndHandler(end -> exchange.request().connection().close());
        }
    }

    /** Returns whether a body may follow whose length is not known: it is chunked, or a stream of HTTP/2. */
    private static boolean hasUnknownLength(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
                || (request.version() == HttpVersion.HTTP_2 && request.getHeader(HttpHeaders.CONTENT_LENGTH) == null);
    }

    private static long length(RoutingContext exchange) {
        var header = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return header == null ? 0 : Long.parseLong(header);
    }
}
