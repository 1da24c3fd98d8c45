package io.clientela.dialect.aivapad;

import io.clientela.dialect.DialectErrors;
import io.clientela.http.problem.Dialect;
import io.clientela.http.problem.DialectError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;

/** The external customers API of Aivapad. */
@Singleton
class AivapadDialect implements Dialect {
    static final String NAME = "aivapad";
    static final String BASE_PATH = "/api/external/v1";

    private static final int UNPROCESSABLE = ProblemCode.VALIDATION_FAILED.status();

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
        int status = status(problem.code());
        return new DialectError(
                status,
                new JsonObject()
                        .put("error", Status.fromStatusCode(status).getReasonPhrase())
                        .put("message", DialectErrors.sentence(problem)));
    }

    /**
     * Whatever is wrong with a token is 403, a token without one tenant included; whatever is wrong with a body, 400.
     */
    private static int status(ProblemCode code) {
        if (code.status() == Status.UNAUTHORIZED.getStatusCode() || code == ProblemCode.TENANT_REQUIRED) {
            return Status.FORBIDDEN.getStatusCode();
        }
        return code.status() == UNPROCESSABLE ? Status.BAD_REQUEST.getStatusCode() : code.status();
    }
}
