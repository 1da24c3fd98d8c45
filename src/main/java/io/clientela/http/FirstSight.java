package io.clientela.http;

import io.vertx.core.Context;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The platform's tracer, in front of which {@link UnroutableRequests} sees each request before its handler is chosen.
 */
final class FirstSight implements VertxTracer<Object, Object> {
    private final VertxTracer<Object, Object> tracer;

    /**
     * Wraps the platform's tracer.
     *
     * @param tracer the tracer, or null where nothing is traced
     */
    @SuppressWarnings("unchecked")
    FirstSight(VertxTracer<?, ?> tracer) {
        this.tracer = tracer == null ? new VertxTracer<>() {} : (VertxTracer<Object, Object>) tracer;
    }

    @Override
    public <R> Object receiveRequest(
            Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            Iterable<Map.Entry<String, String>> headers,
            TagExtractor<R> tags) {
        if (request instanceof HttpServerRequestInternal received) {
            UnroutableRequests.intercept(received);
        }
        return tracer.receiveRequest(context, kind, policy, request, operation, headers, tags);
    }

    @Override
    public <R> void sendResponse(Context context, R response, Object payload, Throwable failure, TagExtractor<R> tags) {
        tracer.sendResponse(context, response, payload, failure, tags);
    }

    @Override
    public <R> Object sendRequest(
            Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            BiConsumer<String, String> headers,
            TagExtractor<R> tags) {
        return tracer.sendRequest(context, kind, policy, request, operation, headers, tags);
    }

    @Override
    public <R> void receiveResponse(
            Context context, R response, Object payload, Throwable failure, TagExtractor<R> tags) {
        tracer.receiveResponse(context, response, payload, failure, tags);
    }

    @Override
    public void close() {
        tracer.close();
    }
}
