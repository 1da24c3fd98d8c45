package io.clientela.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a body that says it is too large before any of it is kept. The rest of it is let in and thrown away, up to a
 * bound, because a client that is still sending would never read the answer.
 */
@ApplicationScoped
public class BodyLimit {
    private static final int AFTER_THE_LOG = Integer.MAX_VALUE - 1;
    private static final int DRAINED_TIMES_LIMIT = 16;

    private final long limit;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
        this.limit = limit.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, AFTER_THE_LOG);
    }

    private void check(RoutingContext exchange) {
        long length = length(exchange);
        if (length <= limit) {
            exchange.next();
            return;
        }
        exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Runnable refuse = () -> ProblemDocument.send(Failures.ofStatus(ProblemCode.BODY_TOO_LARGE.status()), exchange);
        if (length > limit * DRAINED_TIMES_LIMIT) {
            refuse.run();
        } else {
            exchange.request()
                    .handler(chunk -> {})
                    .endHandler(end -> refuse.run())
                    .resume();
        }
    }

    private static long length(RoutingContext exchange) {
        var header = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return header == null ? 0 : Long.parseLong(header);
    }
}
