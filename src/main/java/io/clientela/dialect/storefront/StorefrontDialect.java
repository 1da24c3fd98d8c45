package io.clientela.dialect.storefront;

import io.clientela.dialect.DialectErrors;
import io.clientela.http.problem.Dialect;
import io.clientela.http.problem.DialectError;
import io.clientela.http.problem.ProblemException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;

/** The customers API of a storefront, whose errors are those of FastAPI. */
@Singleton
class StorefrontDialect implements Dialect {
    static final String NAME = "storefront";
    static final String BASE_PATH = "/api/customers";

    private static final int UNPROCESSABLE = 422;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String basePath() {
        return BASE_PATH;
    }

    /** Whatever is wrong with a value, a parameter or the JSON is a 422 with a list. */
    @Override
    public DialectError error(ProblemException problem) {
        return switch (problem.code()) {
            case VALIDATION_FAILED, INVALID_PARAMETER, INVALID_HEADER, MALFORMED_JSON ->
                new DialectError(UNPROCESSABLE, detail(StorefrontErrors.of(problem)));
            case UNAUTHENTICATED, INVALID_TOKEN -> sentence(problem, "Not authenticated");
            case NOT_FOUND -> sentence(problem, "Not Found");
            default -> sentence(problem, DialectErrors.sentence(problem));
        };
    }

    private static DialectError sentence(ProblemException problem, String text) {
        return new DialectError(problem.code().status(), detail(text));
    }

    private static JsonObject detail(Object detail) {
        return new JsonObject().put("detail", detail instanceof JsonArray errors ? errors : detail.toString());
    }
}
