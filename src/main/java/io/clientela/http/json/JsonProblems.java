package io.clientela.http.json;

import io.clientela.http.problem.FieldError;
import jakarta.validation.ConstraintViolation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;

/** Describes errors in JSON without the library's messages, which would expose its classes. */
final class JsonProblems {
    private JsonProblems() {}

    static FieldError describe(String field, ConstraintViolation<?> violation) {
        var constraint = violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName();
        if (violation.getInvalidValue() == null) {
            return FieldError.required(field);
        }
        var code =
                switch (constraint) {
                    case "NotBlank" -> "blank";
                    case "CodePointLength", "Size" -> "invalid_length";
                    case "Digits", "Past", "PastOrPresent", "PositiveOrZero" -> "out_of_range";
                    default -> "invalid_format";
                };
        return new FieldError(field, code, violation.getMessage());
    }

    /** A value that is not of the type that its field has. */
    static FieldError mismatch(String field, Class<?> type) {
        if (type.isEnum()) {
            var allowed = Arrays.stream(type.getEnumConstants()).map(Object::toString);
            return FieldError.invalidValue(field, "must be one of " + allowed.collect(Collectors.joining(", ")));
        }
        return FieldError.invalidType(field, "must be " + expected(type));
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == int.class) {
            return "a whole number within the range of 32 bits";
        }
        if (type == BigDecimal.class || Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        if (type == LocalDate.class) {
            return "a date, YYYY-MM-DD";
        }
        if (type == Instant.class) {
            return "an RFC 3339 timestamp";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
    }
}
