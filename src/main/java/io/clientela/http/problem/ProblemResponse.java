package io.clientela.http.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The response to a request that was rejected: a problem document, or what the request's dialect writes.
 *
 * @param status the HTTP status
 * @param headers the headers, the type of the body included
 * @param body the JSON of the body
 */
record ProblemResponse(int status, Map<String, String> headers, JsonObject body) {
    /** The header with the problem's code, where the body does not have it. */
    static final String CODE = "X-Problem-Code";

    private static final String JSON = "application/json";

    static ProblemResponse of(ProblemException problem, RoutingContext exchange) {
        Map<String, String> headers = new LinkedHashMap<>(problem.headers());
        var dialect = Dialects.of(exchange);
        if (dialect.isEmpty()) {
            headers.put(HttpHeaders.CONTENT_TYPE.toString(), ProblemDocument.MEDIA_TYPE);
            return new ProblemResponse(problem.code().status(), headers, ProblemDocument.of(problem, exchange));
        }
        var error = dialect.get().error(problem);
        headers.put(HttpHeaders.CONTENT_TYPE.toString(), JSON);
        headers.put(CODE, problem.code().code());
        return new ProblemResponse(error.status(), headers, error.body());
    }
}
