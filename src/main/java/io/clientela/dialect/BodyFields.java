package io.clientela.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.clientela.http.json.JsonTree;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields that bodies of a dialect have, and the service's own names of them. A body is read by the service's own
 * rules, under its own names; errors are reported under the dialect's.
 *
 * <p>Forms send an empty text for what was not filled in: it clears a field in a change, and counts as absent
 * otherwise.
 *
 * @param ownNames the service's own names by those of the dialect
 * @param required the fields that must not be null, and must be present in what creates a customer
 * @param kept the fields that only the service changes; a change may have them, since clients send back what they read
 */
public record BodyFields(Map<String, String> ownNames, Set<String> required, Set<String> kept) {
    /** Returns fields that have the same names in the service. */
    public static BodyFields of(String... names) {
        Map<String, String> same = new LinkedHashMap<>();
        Stream.of(names).forEach(name -> same.put(name, name));
        return new BodyFields(same, Set.of(), Set.of());
    }

    /** Returns these fields and another one. */
    public BodyFields with(String name, String ownName) {
        Map<String, String> more = new LinkedHashMap<>(ownNames);
        more.put(name, ownName);
        return new BodyFields(more, required, kept);
    }

    /** Returns these fields, of which some are required. */
    public BodyFields requiring(String... names) {
        return new BodyFields(ownNames, Set.of(names), kept);
    }

    /** Returns these fields and others that changes may have without effect. */
    public BodyFields keeping(String... names) {
        return new BodyFields(ownNames, required, Set.of(names));
    }

    /**
     * Reads what creates a customer, or may create one.
     *
     * @param reader reads the body under the service's own names
     * @throws ProblemException 422 with every violated field, under the dialect's names
     */
    public <T> T readNew(JsonTree body, Function<JsonTree, T> reader) {
        var errors = unknown(body, ownNames.keySet());
        errors.addAll(missing(body, true));
        return read(own(body, Optional.empty()), errors, reader);
    }

    /** Reads what changes a customer, in which every field may be absent; otherwise like {@link #readNew}. */
    public <T> T readChange(JsonTree body, Function<JsonTree, T> reader) {
        Set<String> known = new HashSet<>(ownNames.keySet());
        known.addAll(kept);
        var errors = unknown(body, known);
        errors.addAll(missing(body, false));
        return read(own(body, Optional.of(NullNode.instance)), errors, reader);
    }

    private <T> T read(JsonTree own, List<FieldError> errors, Function<JsonTree, T> reader) {
        T value = null;
        try {
            value = reader.apply(own);
        } catch (ProblemException problem) {
            if (problem.code() != ProblemCode.VALIDATION_FAILED) {
                throw problem;
            }
            var reported = errors.stream().map(FieldError::field).collect(Collectors.toSet());
            problem.errors().stream()
                    .map(error -> renamed(error, dialectNames()))
                    .filter(error -> reported.add(error.field()))
                    .forEach(errors::add);
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return value;
    }

    /**
     * Returns a body under the service's own names, without unknown fields.
     *
     * @param empty what stands for an empty text; nothing if empty
     */
    JsonTree own(JsonTree body, Optional<JsonNode> empty) {
        var own = body.json().objectNode();
        body.json().properties().stream()
                .filter(member -> ownNames.containsKey(member.getKey()))
                .forEach(member -> {
                    var value = isEmptyText(member.getValue()) ? empty : Optional.of(member.getValue());
                    value.ifPresent(present -> own.set(ownNames.get(member.getKey()), present));
                });
        return new JsonTree(
                own,
                body.errors().stream().map(error -> renamed(error, ownNames)).toList());
    }

    private static List<FieldError> unknown(JsonTree body, Set<String> known) {
        List<FieldError> errors = new ArrayList<>();
        body.json().fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                errors.add(FieldError.unknownAt("/" + FieldError.escape(name)));
            }
        });
        return errors;
    }

    private List<FieldError> missing(JsonTree body, boolean isNew) {
        var rejected = body.errors().stream().map(FieldError::field).collect(Collectors.toSet());
        return required.stream()
                .sorted()
                .map(name -> Map.entry("/" + name, body.json().path(name)))
                .filter(field -> field.getValue().isMissingNode()
                        ? isNew && !rejected.contains(field.getKey())
                        : isBlank(field.getValue()))
                .map(field -> FieldError.required(field.getKey()))
                .toList();
    }

    private Map<String, String> dialectNames() {
        return ownNames.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    private static boolean isEmptyText(JsonNode value) {
        return value.isTextual() && value.textValue().isEmpty();
    }

    private static boolean isBlank(JsonNode value) {
        return value.isNull() || (value.isTextual() && value.textValue().isBlank());
    }

    /** Renames the first name of an error's pointer. */
    private static FieldError renamed(FieldError error, Map<String, String> names) {
        var pointer = error.field();
        int end = pointer.indexOf('/', 1);
        var first = pointer.isEmpty() ? "" : pointer.substring(1, end < 0 ? pointer.length() : end);
        var rest = end < 0 ? "" : pointer.substring(end);
        return names.containsKey(first)
                ? new FieldError("/" + names.get(first) + rest, error.code(), error.message())
                : error;
    }
}
