package io.clientela.http.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.problem.FieldError;
import jakarta.validation.ConstraintViolation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says in our own words what is wrong with a piece of JSON: a library's words would show its classes. */
final class JsonProblems {
    private JsonProblems() {}

    /** A member that could not be bound, and where it is. */
    record Misfit(FieldError error, List<JsonMappingException.Reference> path) {
        static Misfit of(JsonMappingException failure) {
            var pointer = new StringBuilder();
            for (var step : failure.getPath()) {
                pointer.append('/');
                pointer.append(step.getFieldName() == null ? step.getIndex() : FieldError.escape(step.getFieldName()));
            }
            return new Misfit(describe(pointer.toString(), failure), List.copyOf(failure.getPath()));
        }

        /** Takes the member out of the tree (an array element becomes null); false if there is no such member. */
        boolean removeFrom(ObjectNode root) {
            JsonNode parent = root;
            for (int i = 0; i < path.size() - 1; i++) {
                var step = path.get(i);
                parent = step.getFieldName() == null ? parent.path(step.getIndex()) : parent.path(step.getFieldName());
            }
            if (path.isEmpty()) {
                return false;
            }
            var last = path.get(path.size() - 1);
            if (parent instanceof ObjectNode object) {
                return object.remove(last.getFieldName()) != null;
            }
            if (parent instanceof ArrayNode array
                    && !array.path(last.getIndex()).isNull()) {
                array.setNull(last.getIndex());
                return true;
            }
            return false;
        }
    }

    static String describe(JsonProcessingException failure) {
        if (failure instanceof StreamConstraintsException) {
            return "The JSON is nested too deeply, or a name, number or string in it is too long.";
        }
        var location = failure.getLocation();
        return location == null
                ? "The body is not well-formed JSON."
                : "The body is not well-formed JSON: line " + location.getLineNr() + ", column "
                        + location.getColumnNr() + ".";
    }

    static FieldError describe(String field, ConstraintViolation<?> violation) {
        var constraint = violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName();
        var code =
                switch (constraint) {
                    case "NotNull" -> "required";
                    case "NotBlank" -> "blank";
                    case "CodePointLength", "Size" -> "invalid_length";
                    case "Digits", "Past", "PastOrPresent", "PositiveOrZero" -> "out_of_range";
                    default -> "invalid_format";
                };
        return new FieldError(field, code, violation.getMessage());
    }

    static FieldError unstorable(String field) {
        return new FieldError(field, "invalid_text", "must be valid Unicode text without NUL characters");
    }

    private static FieldError describe(String field, JsonMappingException failure) {
        if (failure instanceof UnrecognizedPropertyException) {
            return FieldError.unknownAt(field);
        }
        Class<?> type = failure instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (type != null && type.isEnum()) {
            var allowed = Arrays.stream(type.getEnumConstants()).map(Object::toString);
            return new FieldError(
                    field, "invalid_value", "must be one of " + allowed.collect(Collectors.joining(", ")));
        }
        return new FieldError(field, "invalid_type", "must be " + expected(type));
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == int.class) {
            return "a whole number, and not too large";
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
