package io.clientela.dialect.location;

import io.clientela.dialect.DialectErrors;
import io.clientela.http.problem.Dialect;
import io.clientela.http.problem.DialectError;
import io.clientela.http.problem.ProblemException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;

/** The customers API of a business location. */
@Singleton
class LocationDialect implements Dialect {
    static final String NAME = "location";
    static final String BASE_PATH = "/api/location/v1";

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
        var errors = new JsonArray();
        problem.errors()
                .forEach(error -> errors.add(new JsonObject()
                        .put("field", DialectErrors.field(error))
                        .put("message", DialectErrors.message(error))));
        return new DialectError(
                problem.code().status(),
                new JsonObject()
                        .put("success", false)
                        .put("message", DialectErrors.sentence(problem))
                        .put("errors", errors));
    }
}
