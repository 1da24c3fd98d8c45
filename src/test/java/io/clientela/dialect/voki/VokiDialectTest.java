package io.clientela.dialect.voki;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VokiDialectTest {
    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(
                        ProblemException.invalid(List.of(
                                new FieldError("/name", "x", "is a"),
                                new FieldError("/name", "x", "is b"),
                                new FieldError("", "x", "is c"))),
                        422,
                        "{\"errors\":{\"name\":[\"is a\",\"is b\"],\"base\":[\"is c\"]}}"),
                Arguments.of(ProblemException.notFound(), 404, "{\"errors\":{\"detail\":\"Not Found\"}}"),
                Arguments.of(
                        ProblemException.invalidParameters(
                                List.of(new FieldError("page", "x", "is a"), new FieldError("q", "x", "is b"))),
                        400,
                        "{\"errors\":{\"detail\":\"page is a; q is b.\"}}"),
                Arguments.of(
                        new ProblemException(ProblemCode.IDEMPOTENCY_KEY_REUSED, "Used."),
                        422,
                        "{\"errors\":{\"detail\":\"Used.\"}}"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void problemIsWrittenAsErrors(ProblemException problem, int status, String body) {
        var error = new VokiDialect().error(problem);

        assertThat(error.status()).isEqualTo(status);
        assertThat(error.body().encode()).isEqualTo(body);
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyCodeHasItsStatus(ProblemCode code) {
        var error = new VokiDialect().error(new ProblemException(code, "Detail."));

        assertThat(error.status()).isEqualTo(code.status());
        assertThat(error.body().getJsonObject("errors").getString("detail")).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("overload")
    void overloadHasItsStatus(ProblemException problem, int status) {
        assertThat(new VokiDialect().error(problem).status()).isEqualTo(status);
    }

    static Stream<Arguments> overload() {
        return Stream.of(Arguments.of(Failures.tooManyRequests(), 429), Arguments.of(Failures.overloaded(), 503));
    }
}
