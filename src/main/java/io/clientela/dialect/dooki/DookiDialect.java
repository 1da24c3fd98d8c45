package io.clientela.dialect.dooki;

import io.clientela.dialect.DialectErrors;
import io.clientela.http.problem.Dialect;
import io.clientela.http.problem.DialectError;
import io.clientela.http.problem.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;

/** The customers API of Dooki. */
@Singleton
class DookiDialect implements Dialect {
    static final String NAME = "dooki";
    static final String BASE_PATH = "/v2";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String basePath() {
        return BASE_PATH;
    }

    @Override
    public DialectError error(ProblemException problem) {
        var errors = new JsonObject();
        DialectErrors.byField(problem, "body").forEach((field, messages) -> errors.put(field, new JsonArray(messages)));
        return new DialectError(
                problem.code().status(),
                new JsonObject().put("message", message(problem)).put("errors", errors));
    }

    private static String message(ProblemException problem) {
        return switch (problem.code()) {
            case UNAUTHENTICATED ->
                "Send the headers User-Token, with the id of an API key, and User-Secret-Key, with its secret.";
            case INVALID_TOKEN -> "User-Token and User-Secret-Key were not accepted.";
            default -> DialectErrors.sentence(problem);
        };
    }

    @Override
    public void readCredentials(MultiMap headers) {
        DookiCredentials.bearer(headers).ifPresent(bearer -> headers.set("Authorization", bearer));
    }
}
