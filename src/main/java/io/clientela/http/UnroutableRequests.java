package io.clientela.http;

import io.clientela.http.problem.Dialects;
import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemDocument;
import io.clientela.http.problem.ProblemException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.tracing.TracingOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Answers requests that the HTTP server cannot decode or route: a request line or headers that are too long or
 * malformed, no valid {@code Host}. The platform answers them by a bare status, before any filter. Here they take the
 * way of all other requests, so that they get an id, a line in the log and a problem document.
 *
 * <p>The platform does not let an application set {@code HttpServer.invalidRequestHandler}, nor see a request before
 * its own check of the URI. A Vert.x tracer does see it first, so this is where such a request's handler is replaced.
 */
@Singleton
public class UnroutableRequests implements VertxOptionsCustomizer {
    private static final int AFTER_DIALECTS = Integer.MAX_VALUE - 2;

    @Override
    @SuppressWarnings("deprecation") // until Vert.x 5 takes a tracer factory elsewhere
    public void accept(VertxOptions options) {
        var tracing = options.getTracingOptions() == null ? new TracingOptions() : options.getTracingOptions();
        var factory = tracing.getFactory();
        options.setTracingOptions(new TracingOptions(tracing)
                .setFactory(ignored -> new FirstSight(factory == null ? null : factory.tracer(tracing))));
    }

    /** Leads a request that cannot be routed to {@link #answer}. */
    static void intercept(HttpServerRequestInternal request) {
        if (!UnroutableRequest.isRoutable(request) && request.connection() instanceof HttpServerConnection connection) {
            connection.handler(UnroutableRequests::route);
            connection.invalidRequestHandler(UnroutableRequests::route);
        }
    }

    /** An HTTP/2 connection goes on with requests that can be routed. */
    private static void route(HttpServerRequest request) {
        var known = (HttpServerRequestInternal) request;
        if (UnroutableRequest.isRoutable(known)) {
            VertxHttpRecorder.getRootHandler().handle(request);
        } else {
            Dialects.rememberTarget(known);
            VertxHttpRecorder.getRootHandler().handle(new UnroutableRequest(known));
        }
    }

    void install(@Observes Filters filters) {
        filters.register(UnroutableRequests::answer, AFTER_DIALECTS);
    }

    private static void answer(RoutingContext exchange) {
        var request = exchange.request();
        if (request.decoderResult().isSuccess()) {
            exchange.next();
            return;
        }
        if (request.version() != HttpVersion.HTTP_2) {
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            exchange.addEndHandler(answered -> request.connection().close());
        }
        ProblemDocument.send(problem(request.decoderResult().cause()), exchange);
        request.resume();
    }

    private static ProblemException problem(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Failures.forStatus(ProblemCode.URI_TOO_LONG.status());
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Failures.forStatus(ProblemCode.HEADERS_TOO_LARGE.status());
        }
        return new ProblemException(
                ProblemCode.BAD_REQUEST,
                "The request line or a header is malformed. Percent-encode what may not stand in a URI (RFC 3986), and"
                        + " send one valid Host header.");
    }
}
