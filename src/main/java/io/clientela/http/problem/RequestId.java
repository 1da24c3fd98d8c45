package io.clientela.http.problem;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id by which a response, its line in the log and the history of what it changed belong together. */
public final class RequestId {
    /** The header in which a caller may send an id, and in which every response returns it. */
    public static final String HEADER = "X-Request-Id";

    private static final String KEY = "clientela.request-id";
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private RequestId() {}

    /** Gives the exchange the id that its caller sent, or a new one where that is missing or not valid. */
    public static String assign(RoutingContext exchange) {
        var sent = exchange.request().getHeader(HEADER);
        var id = sent != null && VALID.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
        exchange.put(KEY, id);
        exchange.response().putHeader(HEADER, id);
        return id;
    }

    /** Returns the id of the exchange. */
    public static String of(RoutingContext exchange) {
        return exchange.get(KEY);
    }
}
