package io.clientela.http.problem;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id that links a response, its line in the log and its entries in the history. */
public final class RequestId {
    /** The header in which a caller may send an id and every response returns it. */
    public static final String HEADER = "X-Request-Id";

    private static final String KEY = "clientela.request-id";
    private static final Pattern VALID_REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private RequestId() {}

    /** Assigns the exchange the id that the caller sent, or a new one if that is missing or not valid. */
    public static String assign(RoutingContext exchange) {
        var sent = exchange.request().getHeader(HEADER);
        var id = sent != null && VALID_REQUEST_ID.matcher(sent).matches()
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
