package peer;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Assigns an id to every request and writes one log line for it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestLog implements WebFilter {
    static final String CALLER = "peer.caller";

    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final String HEADER = "X-Request-Id";
    private static final String REQUEST_ID = "peer.request-id";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var given = exchange.getRequest().getHeaders().getFirst(HEADER);
        var id = given != null && given.matches("[A-Za-z0-9._:/+=-]{1,128}")
                ? given
                : UUID.randomUUID().toString();
        exchange.getAttributes().put(REQUEST_ID, id);
        exchange.getResponse().getHeaders().set(HEADER, id);
        long start = System.nanoTime();
        return chain.filter(exchange).doFinally(end -> write(exchange, start));
    }

    static String requestId(ServerWebExchange exchange) {
        return exchange.getAttribute(REQUEST_ID);
    }

    private static void write(ServerWebExchange exchange, long start) {
        Caller caller = exchange.getAttribute(CALLER);
        var status = exchange.getResponse().getStatusCode();
        LOG.info(
                "{} {} {} {}ms tenant={} actor={} request_id={}",
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath().value(),
                status == null ? 200 : status.value(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                caller == null ? "-" : caller.tenant(),
                caller == null ? "-" : caller.actor(),
                requestId(exchange));
    }
}
