package io.clientela.http.problem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Writes a {@link ProblemException} as {@code application/problem+json} (RFC 9457, section 3). */
public final class ProblemDocument {
    /** The media type of problem documents. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemDocument() {}

    static JsonObject of(ProblemException problem, RoutingContext exchange) {
        var errors = new JsonArray();
        for (FieldError error : problem.errors()) {
            errors.add(new JsonObject()
                    .put("field", error.field())
                    .put("code", error.code())
                    .put("message", error.message()));
        }
        var document = new JsonObject()
                .put("type", problem.code().type())
                .put("title", problem.code().title())
                .put("status", problem.code().status())
                .put("detail", problem.getMessage());
        if (exchange.request().decoderResult().isSuccess()) { // else the path is not what was sent
            document.put("instance", exchange.request().path());
        }
        document.put("code", problem.code().code()).put("errors", errors).put("request_id", RequestId.of(exchange));
        problem.members().forEach(document::put);
        return document;
    }

    /** Sends a problem as the response of an exchange outside of the REST layer, in the shape of its dialect. */
    public static void send(ProblemException problem, RoutingContext exchange) {
        var response = exchange.response();
        if (response.ended()) {
            return;
        }
        if (response.headWritten()) {
            exchange.request().connection().close();
            return;
        }
        var rejection = ProblemResponse.of(problem, exchange);
        response.setStatusCode(rejection.status());
        rejection.headers().forEach(response::putHeader);
        response.end(rejection.body().toBuffer());
    }
}
