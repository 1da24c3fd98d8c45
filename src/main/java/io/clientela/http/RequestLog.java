package io.clientela.http;

import io.clientela.http.problem.Dialect;
import io.clientela.http.problem.Dialects;
import io.clientela.http.problem.RequestId;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Assigns every exchange its request id and logs one line at its end: request, status, duration, tenant, actor and
 * dialect. The line never contains personal data: no query, no body, and of the path only the route and ids.
 */
@ApplicationScoped
public class RequestLog {
    private static final Logger LOG = Logger.getLogger("io.clientela.requests");
    /** The context local in which Quarkus REST stores the route of an exchange. */
    private static final String ROUTE = "UrlPathTemplate";

    private static final String TENANT = "clientela.tenant";
    private static final String ACTOR = "clientela.actor";
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int FIRST = Integer.MAX_VALUE;

    void install(@Observes Filters filters) {
        filters.register(this::open, FIRST);
    }

    /** Sets the tenant and the actor that are logged for this exchange. */
    public static void identify(RoutingContext exchange, String tenant, String actor) {
        exchange.put(TENANT, tenant);
        exchange.put(ACTOR, LoggedActor.of(actor));
    }

    private void open(RoutingContext exchange) {
        MDC.put("request_id", RequestId.assign(exchange));
        long start = System.nanoTime();
        Context context = Vertx.currentContext();
        exchange.addEndHandler(end -> write(exchange, context.getLocal(ROUTE), start));
        exchange.next();
    }

    private static void write(RoutingContext exchange, String route, long start) {
        LOG.info(exchange.request().method()
                + " " + loggable(exchange.request().path(), route)
                + " " + exchange.response().getStatusCode()
                + " " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + "ms"
                + " tenant=" + orDash(exchange.get(TENANT))
                + " actor=" + orDash(exchange.get(ACTOR))
                + " dialect=" + Dialects.of(exchange).map(Dialect::name).orElse("-")
                + " request_id=" + RequestId.of(exchange));
    }

    /** Masks each path segment that is neither part of the route nor an id: it may contain personal data. */
    private static String loggable(String path, String route) {
        if (path == null || path.startsWith("/q/")) {
            return String.valueOf(path);
        }
        if (route == null) {
            return "(no route)";
        }
        if (route.equals(path)) {
            return route;
        }
        var template = route.split("/");
        var actual = path.split("/");
        for (int i = 0; i < actual.length; i++) {
            boolean isSafe = (i < template.length && template[i].equals(actual[i]))
                    || UUID_TEXT.matcher(actual[i]).matches();
            actual[i] = isSafe ? actual[i] : "*";
        }
        return String.join("/", actual);
    }

    private static String orDash(Object value) {
        return value == null ? "-" : value.toString();
    }
}
