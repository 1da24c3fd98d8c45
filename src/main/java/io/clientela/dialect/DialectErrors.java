package io.clientela.dialect;

import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What dialects say of problems, in the forms that several of them have. */
public final class DialectErrors {
    private static final String NAME = "/name";
    private static final String REQUIRED = FieldError.required(NAME).code();
    private static final String REQUIRED_MESSAGE = FieldError.required(NAME).message();

    private DialectErrors() {}

    /** Returns the name of the field, parameter or header of an error: the first one of a pointer. */
    public static String field(FieldError error) {
        var pointer = error.field();
        if (!pointer.startsWith("/")) {
            return pointer;
        }
        int end = pointer.indexOf('/', 1);
        return pointer.substring(1, end < 0 ? pointer.length() : end);
    }

    /** Returns the message of an error, without fields that only the service's own API has. */
    public static String message(FieldError error) {
        return error.field().equals(NAME) && error.code().equals(REQUIRED) ? REQUIRED_MESSAGE : error.message();
    }

    /**
     * Returns the messages by field, in the order of the errors.
     *
     * @param whole the name for errors of the body as a whole
     */
    public static Map<String, List<String>> byField(ProblemException problem, String whole) {
        Map<String, List<String>> messages = new LinkedHashMap<>();
        for (FieldError error : problem.errors()) {
            var field = field(error);
            messages.computeIfAbsent(field.isEmpty() ? whole : field, name -> new ArrayList<>())
                    .add(message(error));
        }
        return messages;
    }

    /** Returns a problem as one sentence that names every violated field. */
    public static String sentence(ProblemException problem) {
        return problem.errors().isEmpty()
                ? problem.getMessage()
                : problem.errors().stream()
                        .map(error -> (field(error) + " " + message(error)).strip())
                        .collect(Collectors.joining("; ", "", "."));
    }
}
