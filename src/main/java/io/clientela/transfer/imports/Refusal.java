package io.clientela.transfer.imports;

import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import java.util.List;

/**
 * A row that was refused.
 *
 * @param line the line of the file at which it begins, from 1
 * @param data its bytes, as they were sent
 * @param errors why, at least one
 */
record Refusal(long line, byte[] data, List<FieldError> errors) {
    /** A row of faults must not become many times as long. */
    private static final int MAX_ERRORS = 10;

    /** Refuses a row because of a problem; one without field errors has its code and text. */
    static Refusal of(ImportRow row, ProblemException problem) {
        var errors = problem.errors().isEmpty()
                ? List.of(new FieldError("", problem.code().code(), problem.getMessage()))
                : problem.errors().stream().limit(MAX_ERRORS).toList();
        return new Refusal(row.line(), row.data(), errors);
    }
}
