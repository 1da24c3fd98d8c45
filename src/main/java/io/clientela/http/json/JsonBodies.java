package io.clientela.http.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads JSON objects strictly and reports every violated field, not only the first. What is looked at follows what it
 * may cost: first the bounds of {@link JsonReader}, then names and types, then Bean Validation's constraints, then the
 * rules. A value that one step rejects is not seen by the next. An object without errors is bound once.
 */
@Singleton
public class JsonBodies {
    private final ObjectMapper mapper;
    private final Validator validator;
    private final JsonMembers members;

    JsonBodies(ObjectMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.validator = validator;
        this.members = new JsonMembers(mapper);
    }

    /**
     * Reads a request body.
     *
     * @param rules further rules, as a function from the value to its violations
     * @throws ProblemException 400 if it is no JSON object, 422 with every violated field
     */
    public <T> JsonBody<T> read(byte[] body, Class<T> type, Function<T, List<FieldError>> rules) {
        return read(parse(body), type, rules);
    }

    /** Reads a JSON object that was put together here, of values that were read before. */
    public <T> JsonBody<T> read(ObjectNode json, Class<T> type, Function<T, List<FieldError>> rules) {
        return read(JsonTree.of(json), type, rules);
    }

    /**
     * Reads a part of a request body.
     *
     * @throws ProblemException 422 with every violated field
     */
    public <T> JsonBody<T> read(JsonTree tree, Class<T> type, Function<T, List<FieldError>> rules) {
        var reading = new JsonReading<>(mapper, members, tree, type);
        for (var violation : validator.validate(reading.value())) {
            reading.reject(JsonProblems.describe(pointer(violation.getPropertyPath()), violation));
        }
        rules.apply(reading.value()).forEach(reading::reject);
        if (!reading.errors().isEmpty()) {
            throw ProblemException.invalid(reading.errors());
        }
        return new JsonBody<>(tree.json(), reading.value());
    }

    /**
     * Reads a part of a request body, of which several are read before any is rejected.
     *
     * @param errors where the violated fields are added
     * @return empty if there are any
     */
    public <T> Optional<JsonBody<T>> read(
            JsonTree tree, Class<T> type, Function<T, List<FieldError>> rules, List<FieldError> errors) {
        try {
            return Optional.of(read(tree, type, rules));
        } catch (ProblemException problem) {
            errors.addAll(problem.errors());
            return Optional.empty();
        }
    }

    /**
     * Parses a request body as a JSON object, without validating it.
     *
     * @throws ProblemException 400 if it is not a JSON object
     */
    public JsonTree parse(byte[] body) {
        return JsonReader.read(body);
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
            if (node.getKey() != null) {
                pointer.append('/').append(FieldError.escape(String.valueOf(node.getKey())));
            }
        }
        return pointer.toString();
    }
}
