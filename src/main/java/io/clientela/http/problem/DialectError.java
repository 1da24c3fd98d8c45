package io.clientela.http.problem;

import io.vertx.core.json.JsonObject;

/**
 * A problem in the shape of a dialect.
 *
 * @param status the HTTP status, which may differ from that of the problem
 * @param body the JSON of the response
 */
public record DialectError(int status, JsonObject body) {}
