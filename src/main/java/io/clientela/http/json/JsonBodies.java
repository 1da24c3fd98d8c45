package io.clientela.http.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.clientela.http.json.JsonProblems.Misfit;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads JSON objects strictly and reports every violated field, not only the first: unknown members, wrong types, text
 * that cannot be stored, and what Bean Validation finds on the typed reading.
 */
@Singleton
public class JsonBodies {
    /** How many violations are looked for: enough for any honest mistake, a bound for any other. */
    private static final int MAX_ERRORS = 50;

    private final ObjectMapper mapper;
    private final Validator validator;

    JsonBodies(ObjectMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.validator = validator;
    }

    /**
     * Reads a request body.
     *
     * @param rules what else must be true of a reading, as the list of what is wrong with it
     * @throws ProblemException 400 if it is no JSON object, 422 with every violated field
     */
    public <T> JsonBody<T> read(byte[] body, Class<T> type, Function<T, List<FieldError>> rules) {
        return read(parse(body), type, rules);
    }

    /**
     * Reads a JSON object that is at hand; its text is normalised in place.
     *
     * @throws ProblemException 422 with every violated field
     */
    public <T> JsonBody<T> read(ObjectNode json, Class<T> type, Function<T, List<FieldError>> rules) {
        Set<FieldError> errors = new LinkedHashSet<>();
        normalize(json, "", errors);
        T value = bind(json, type, errors);
        if (value != null) {
            List<FieldError> found = new ArrayList<>();
            for (ConstraintViolation<T> violation : validator.validate(value)) {
                found.add(JsonProblems.describe(pointer(violation.getPropertyPath()), violation));
            }
            found.addAll(rules.apply(value));
            addUnreported(found, errors);
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(List.copyOf(errors));
        }
        return new JsonBody<>(json, value);
    }

    /** One violation a field is enough: what is missing because it could not be read is not missing. */
    private static void addUnreported(List<FieldError> found, Set<FieldError> errors) {
        Set<String> reported = new HashSet<>();
        errors.forEach(error -> reported.add(error.field()));
        for (FieldError error : found) {
            if (reported.add(error.field())) {
                errors.add(error);
            }
        }
    }

    /**
     * Reads a request body as a JSON object and no further.
     *
     * @throws ProblemException 400 if it is none
     */
    public ObjectNode parse(byte[] body) {
        try {
            if (mapper.readTree(body) instanceof ObjectNode object) {
                return object;
            }
            throw new ProblemException(ProblemCode.MALFORMED_JSON, "The body must be a JSON object.");
        } catch (JsonProcessingException e) {
            throw new ProblemException(ProblemCode.MALFORMED_JSON, JsonProblems.describe(e));
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.MALFORMED_JSON, "The body is not UTF-8 encoded JSON.");
        }
    }

    /** Binds what can be bound: a member that cannot is noted, taken out, and the rest is tried again. */
    private <T> T bind(ObjectNode json, Class<T> type, Set<FieldError> errors) {
        var rest = json;
        while (true) {
            try {
                return mapper.treeToValue(rest, type);
            } catch (JsonMappingException e) {
                var misfit = Misfit.of(e);
                errors.add(misfit.error());
                rest = rest == json ? json.deepCopy() : rest;
                if (errors.size() >= MAX_ERRORS || !misfit.removeFrom(rest)) {
                    return null;
                }
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A parsed tree is not JSON", e);
            }
        }
    }

    private void normalize(ContainerNode<?> container, String pointer, Set<FieldError> errors) {
        if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                var place = pointer + "/" + FieldError.escape(name);
                if (!Text.isStorable(name)) {
                    errors.add(JsonProblems.unstorable(place));
                    object.remove(name);
                } else {
                    object.set(name, normalized(object.get(name), place, errors));
                }
            }
        } else if (container instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, normalized(array.get(i), pointer + "/" + i, errors));
            }
        }
    }

    private JsonNode normalized(JsonNode node, String pointer, Set<FieldError> errors) {
        if (node instanceof ContainerNode<?> container) {
            normalize(container, pointer, errors);
            return node;
        }
        if (!node.isTextual()) {
            return node;
        }
        if (!Text.isStorable(node.textValue())) {
            if (errors.size() < MAX_ERRORS) {
                errors.add(JsonProblems.unstorable(pointer));
            }
            return TextNode.valueOf("?");
        }
        return TextNode.valueOf(Text.normalized(node.textValue()));
    }

    private static String pointer(Path path) {
        var pointer = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getName() != null && !node.getName().startsWith("<")) {
                pointer.append('/')
                        .append(PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(node.getName()));
            }
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            }
        }
        return pointer.toString();
    }
}
