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
 * Refuses a body that says it is too large before any of it is kept, and one that does not arrive in time. What is too
 * large is let in and thrown away, up to a bound, because a client that is still sending would never read the answer.
 */
@ApplicationScoped
public class BodyLimit {
    private static final int AFTER_THE_LOG = Integer.MAX_VALUE - 1;
    private static final int DRAINED_TIMES_LIMIT = 16;

    private final long limit;
    private final long timeout;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, Settings settings) {
        this.limit = limit.asLongValue();
        this.timeout = settings.bodyTimeout().toMillis();
    }

    /** What the platform has no setting for. */
    @ConfigMapping(prefix = "clientela.http")
    public interface Settings {
        /** How long a body may take to arrive: a trickle would keep the connection from ever being idle. */
        @WithDefault("30S")
        Duration bodyTimeout();
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, AFTER_THE_LOG);
    }

    private void check(RoutingContext exchange) {
        long length = length(exchange);
        if (length > 0 || exchange.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            long timer = exchange.vertx().setTimer(timeout, late -> rejectSlow(exchange));
            exchange.addEndHandler(end -> exchange.vertx().cancelTimer(timer));
        }
        if (length <= limit) {
            exchange.next();
            return;
        }
        exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Runnable refuse = () -> ProblemDocument.send(Failures.forStatus(ProblemCode.BODY_TOO_LARGE.status()), exchange);
        if (length > limit * DRAINED_TIMES_LIMIT) {
            refuse.run();
        } else {
            exchange.request()
                    .handler(chunk -> {})
                    .endHandler(end -> refuse.run())
                    .resume();
        }
    }

    private static void rejectSlow(RoutingContext exchange) {
        var request = exchange.request();
        if (!request.isEnded()) {
            exchange.addEndHandler(answered -> request.connection().close());
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            ProblemDocument.send(Failures.forStatus(ProblemCode.BODY_TOO_SLOW.status()), exchange);
        }
    }

    private static long length(RoutingContext exchange) {
        var header = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return header == null ? 0 : Long.parseLong(header);
    }
}
