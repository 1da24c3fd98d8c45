package io.clientela.http;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemDocument;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Rejects a body whose {@code Content-Length} is over the limit before any of it is stored, and one that does not
 * arrive in time. A body that is too large is read and discarded, up to a bound, because a client that is still sending
 * does not read the response.
 */
@ApplicationScoped
public class BodyLimit {
    private static final int AFTER_REQUEST_LOG = Integer.MAX_VALUE - 1;
    private static final int MAX_DRAINED_LIMITS = 16;

    private final long limit;
    private final long timeout;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, Settings settings) {
        this.limit = limit.asLongValue();
        this.timeout = settings.bodyTimeout().toMillis();
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

    void install(@Observes Filters filters) {
        filters.register(this::check, AFTER_REQUEST_LOG);
    }

    private void check(RoutingContext exchange) {
        long length = length(exchange);
        if (length > 0 || exchange.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            long timer = exchange.vertx().setTimer(timeout, id -> rejectSlow(exchange));
            exchange.addEndHandler(end -> exchange.vertx().cancelTimer(timer));
        }
        if (length <= limit) {
            exchange.next();
            return;
        }
        exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Runnable reject = () -> ProblemDocument.send(Failures.forStatus(ProblemCode.BODY_TOO_LARGE.status()), exchange);
        if (length > limit * MAX_DRAINED_LIMITS) {
            reject.run();
        } else {
            exchange.request()
                    .handler(chunk -> {})
                    .endHandler(end -> reject.run())
                    .resume();
        }
    }

    private static void rejectSlow(RoutingContext exchange) {
        var request = exchange.request();
        if (!request.isEnded()) {
            exchange.addEndHandler(end -> request.connection().close());
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            ProblemDocument.send(Failures.forStatus(ProblemCode.BODY_TOO_SLOW.status()), exchange);
        }
    }

    private static long length(RoutingContext exchange) {
        var header = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return header == null ? 0 : Long.parseLong(header);
    }
}
