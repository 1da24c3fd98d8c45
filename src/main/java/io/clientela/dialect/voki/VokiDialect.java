package io.clientela.dialect.voki;

import io.clientela.dialect.DialectErrors;
import io.clientela.http.problem.Dialect;
import io.clientela.http.problem.DialectError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;

/** The customers API of Voki. */
@Singleton
class VokiDialect implements Dialect {
    static final String NAME = "voki";
    static final String BASE_PATH = "/api/v1";

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
        var code = problem.code();
        boolean byField =
                code == ProblemCode.VALIDATION_FAILED && !problem.errors().isEmpty();
        return new DialectError(
                code.status(), new JsonObject().put("errors", byField ? messages(problem) : detail(problem)));
    }

    private static JsonObject messages(ProblemException problem) {
        var errors = new JsonObject();
        DialectErrors.byField(problem, "base").forEach((field, messages) -> errors.put(field, new JsonArray(messages)));
        return errors;
    }

    private static JsonObject detail(ProblemException problem) {
        return new JsonObject()
                .put("detail", problem.code() == ProblemCode.NOT_FOUND ? "Not Found" : DialectErrors.sentence(problem));
    }
}
