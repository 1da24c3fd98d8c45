package io.clientela.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dialects make of timestamps and errors. */
class DialectTextTest {
    @ParameterizedTest
    @CsvSource({
        "2026-02-15T14:30:00Z, 2026-02-15T14:30:00Z, 2026-02-15T14:30:00.000Z",
        "2026-02-15T14:30:59.999999Z, 2026-02-15T14:30:59Z, 2026-02-15T14:30:59.999Z",
        "2026-02-15T14:30:00.410Z, 2026-02-15T14:30:00Z, 2026-02-15T14:30:00.410Z",
        "0001-01-01T00:00:00.001Z, 0001-01-01T00:00:00Z, 0001-01-01T00:00:00.001Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59Z, 9999-12-31T23:59:59.999Z"
    })
    void timestampsAreCut(Instant at, String second, String millisecond) {
        assertThat(Moments.toSecond(at)).isEqualTo(second);
        assertThat(Moments.toMillisecond(at)).isEqualTo(millisecond);
    }

    @Test
    void noTimestampIsNull() {
        assertThat(Moments.toSecond(null)).isNull();
        assertThat(Moments.toMillisecond(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/name, name", "/source_ids/1, source_ids", "'', ''", "page, page", "X-Tenant, X-Tenant"})
    void fieldIsFirstNameOfPointer(String pointer, String field) {
        assertThat(DialectErrors.field(new FieldError(pointer, "x", "y"))).isEqualTo(field);
    }

    @Test
    void messagesAreGroupedByField() {
        var problem = ProblemException.invalid(List.of(
                new FieldError("/tags/0", "x", "a"),
                new FieldError("/name", "required", "is required unless first_name gives it"),
                new FieldError("/tags/1", "x", "b"),
                new FieldError("", "x", "c")));

        assertThat(DialectErrors.byField(problem, "base")).hasToString("{tags=[a, b], name=[is required], base=[c]}");
        assertThat(DialectErrors.sentence(problem)).isEqualTo("tags a; name is required; tags b; c.");
    }

    @Test
    void problemWithoutErrorsIsItsMessage() {
        assertThat(DialectErrors.sentence(ProblemException.notFound()))
                .isEqualTo(ProblemException.notFound().getMessage());
    }
}
