package io.clientela.dialect.storefront;

import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes violations as FastAPI does: where, what, and of which type. */
final class StorefrontErrors {
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

    /** FastAPI's types of the codes of violations; those of all others are {@code value_error}. */
    private static final Map<String, String> TYPES = Map.of(
            "required", "missing",
            "unknown_field", "extra_forbidden",
            "unknown_parameter", "extra_forbidden",
            "invalid_type", "type_error");

    private StorefrontErrors() {}

    static JsonArray of(ProblemException problem) {
        var errors = new JsonArray();
        if (problem.code() == ProblemCode.MALFORMED_JSON) {
            return errors.add(entry(new JsonArray().add("body"), problem.getMessage(), "json_invalid"));
        }
        problem.errors()
                .forEach(error -> errors.add(entry(
                        place(problem.code(), error),
                        error.message(),
                        TYPES.getOrDefault(error.code(), "value_error"))));
        return errors;
    }

    private static JsonObject entry(JsonArray place, String message, String type) {
        return new JsonObject().put("loc", place).put("msg", message).put("type", type);
    }

    /** A field of a body is a JSON pointer; another name is that of a parameter or header. */
    private static JsonArray place(ProblemCode code, FieldError error) {
        return switch (code) {
            case INVALID_PARAMETER -> new JsonArray().add("query").add(error.field());
            case INVALID_HEADER -> new JsonArray().add("header").add(error.field());
            default ->
                error.field().isEmpty() || error.field().startsWith("/")
                        ? inBody(error.field())
                        : new JsonArray().add("path").add(error.field());
        };
    }

    private static JsonArray inBody(String pointer) {
        var place = new JsonArray().add("body");
        if (!pointer.isEmpty()) {
            for (String name : pointer.substring(1).split("/", -1)) {
                var member = name.replace("~1", "/").replace("~0", "~");
                place.add(INDEX.matcher(member).matches() ? Integer.valueOf(member) : member);
            }
        }
        return place;
    }
}
