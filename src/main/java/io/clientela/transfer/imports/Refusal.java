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
    /** Refuses a row because of a problem; one without field errors has its code and text. */
    static Refusal of(ImportRow row, ProblemException problem) {
        var errors = problem.errors().isEmpty()
                ? List.of(new FieldError("", problem.code().code(), problem.getMessage()))
                : problem.errors();
        return new Refusal(row.line(), row.data(), errors);
    }
}
