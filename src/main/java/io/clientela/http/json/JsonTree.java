package io.clientela.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import java.util.Collection;
import java.util.List;

/**
 * A JSON object that was read within bounds, its text in normalisation form C.
 *
 * @param json the object, without the values that are named by the errors
 * @param errors the values that were too large or no valid text; at most {@link ProblemException#MAX_ERRORS}
 */
public record JsonTree(ObjectNode json, List<FieldError> errors) {
    /** A tree without errors, such as one that was put together here. */
    public static JsonTree of(ObjectNode json) {
        return new JsonTree(json, List.of());
    }

    /** Returns a part of this tree with the errors below its pointer, which become relative to the part. */
    public JsonTree part(String pointer, ObjectNode part) {
        var below = errors.stream()
                .filter(error -> isWithin(pointer, error.field()))
                .map(error -> new FieldError(error.field().substring(pointer.length()), error.code(), error.message()))
                .toList();
        return new JsonTree(part, below);
    }

    /** A pointer leads to the value at its ancestor, or below it. */
    private static boolean isWithin(String ancestor, String pointer) {
        return pointer.equals(ancestor) || pointer.startsWith(ancestor + "/");
    }

    /** Returns a copy of this tree that has only the members with these names. */
    public JsonTree retain(Collection<String> names) {
        return filtered(json.deepCopy().retain(names), names, true);
    }

    /** Returns a copy of this tree that has all members but those with these names. */
    public JsonTree without(Collection<String> names) {
        return filtered(json.deepCopy().remove(names), names, false);
    }

    private JsonTree filtered(JsonNode rest, Collection<String> names, boolean among) {
        var left = errors.stream()
                .filter(error -> names.contains(firstName(error.field())) == among)
                .toList();
        return new JsonTree((ObjectNode) rest, left);
    }

    private static String firstName(String pointer) {
        int end = pointer.indexOf('/', 1);
        return pointer.isEmpty() ? "" : pointer.substring(1, end < 0 ? pointer.length() : end);
    }
}
