package io.clientela.dialect.aivapad;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AivapadDialectTest {
    @ParameterizedTest
    @CsvSource({
        "UNAUTHENTICATED, 403, Forbidden",
        "INVALID_TOKEN, 403, Forbidden",
        "INSUFFICIENT_SCOPE, 403, Forbidden",
        "NO_TENANT, 403, Forbidden",
        "TENANT_REQUIRED, 403, Forbidden",
        "VALIDATION_FAILED, 400, Bad Request",
        "MALFORMED_JSON, 400, Bad Request",
        "INVALID_PARAMETER, 400, Bad Request",
        "IDEMPOTENCY_KEY_REUSED, 400, Bad Request",
        "NOT_FOUND, 404, Not Found",
        "DELETE_REFUSED, 409, Conflict",
        "TOO_MANY_REQUESTS, 429, Too Many Requests",
        "INTERNAL_ERROR, 500, Internal Server Error",
        "UNAVAILABLE, 503, Service Unavailable"
    })
    void codeHasStatusAndMeaning(ProblemCode code, int status, String meaning) {
        var error = new AivapadDialect().error(new ProblemException(code, "Detail."));

        assertThat(error.status()).isEqualTo(status);
        assertThat(error.body().encode()).isEqualTo("{\"error\":\"" + meaning + "\",\"message\":\"Detail.\"}");
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyCodeHasMeaning(ProblemCode code) {
        var error = new AivapadDialect().error(new ProblemException(code, "Detail."));

        assertThat(error.body().getString("error")).isNotBlank();
        assertThat(error.status()).isNotIn(401, 422);
    }

    @Test
    void everyFieldIsNamed() {
        var problem = ProblemException.invalid(
                List.of(new FieldError("/firstName", "x", "is a"), new FieldError("/email", "x", "is b")));

        assertThat(new AivapadDialect().error(problem).body().getString("message"))
                .isEqualTo("firstName is a; email is b.");
    }
}
