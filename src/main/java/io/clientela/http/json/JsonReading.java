package io.clientela.http.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON object on its way to a typed value: each value that is rejected is taken out, so that the rest can be looked
 * at further.
 */
final class JsonReading<T> {
    private final ObjectMapper mapper;
    private final JsonMembers members;
    private final ObjectNode json;
    private final JavaType type;
    private final Map<String, FieldError> errors = new LinkedHashMap<>();
    private T value;
    private boolean changed;

    /**
     * Binds the object, without those members that do not fit the type.
     *
     * @throws ProblemException 422 if there are more errors than are listed
     */
    JsonReading(ObjectMapper mapper, JsonMembers members, JsonTree tree, Class<T> type) {
        this.mapper = mapper;
        this.members = members;
        this.json = tree.json();
        this.type = mapper.constructType(type);
        tree.errors().forEach(error -> errors.put(error.field(), error));
        if (members.know(json, this.type)) {
            try {
                value = bind();
                return;
            } catch (JsonMappingException e) {
                // What does not fit is found below, all of it.
            }
        }
        checkMembers(json, this.type, "");
        errors.keySet().forEach(this::remove);
        changed = true;
    }

    /** Returns the typed value of everything that was not rejected. */
    T value() {
        if (changed) {
            try {
                value = bind();
            } catch (JsonMappingException e) {
                throw new IllegalStateException("An object cannot be bound although each member can", e);
            }
            changed = false;
        }
        return value;
    }

    /** Notes an error and takes its value out; one error a field is enough. */
    void reject(FieldError error) {
        if (errors.size() < ProblemException.MAX_ERRORS && errors.putIfAbsent(error.field(), error) == null) {
            remove(error.field());
            changed = true;
        }
    }

    List<FieldError> errors() {
        return List.copyOf(errors.values());
    }

    private T bind() throws JsonMappingException {
        try {
            return mapper.treeToValue(json, type);
        } catch (JsonMappingException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A parsed tree is not JSON", e);
        }
    }

    /** Takes a member out of the tree; an item of an array becomes null, so that the others keep their places. */
    private void remove(String pointer) {
        var path = JsonPointer.compile(pointer);
        if (path.matches()) {
            return;
        }
        JsonNode parent = json.at(path.head());
        if (parent instanceof ObjectNode object) {
            object.remove(path.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode array && array.has(path.last().getMatchingIndex())) {
            array.setNull(path.last().getMatchingIndex());
        }
    }

    private void check(JsonNode node, JavaType wanted, String pointer) {
        if (node.isNull()) {
            return;
        }
        if (wanted.getRawClass().isRecord() && node instanceof ObjectNode object) {
            checkMembers(object, wanted, pointer);
        } else if (wanted.isCollectionLikeType() && node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                check(array.get(i), wanted.getContentType(), pointer + "/" + i);
            }
        } else if (wanted.isMapLikeType() && node instanceof ObjectNode object) {
            object.properties()
                    .forEach(member -> check(
                            member.getValue(),
                            wanted.getContentType(),
                            pointer + "/" + FieldError.escape(member.getKey())));
        } else if (!fits(node, wanted)) {
            note(JsonProblems.mismatch(pointer, wanted.getRawClass()));
        }
    }

    private void checkMembers(ObjectNode object, JavaType bean, String pointer) {
        var known = members.of(bean);
        object.properties().forEach(member -> {
            var place = pointer + "/" + FieldError.escape(member.getKey());
            var wanted = known.get(member.getKey());
            if (wanted == null) {
                note(FieldError.unknownAt(place));
            } else {
                check(member.getValue(), wanted, place);
            }
        });
    }

    private boolean fits(JsonNode node, JavaType wanted) {
        try {
            mapper.treeToValue(node, wanted);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private void note(FieldError error) {
        errors.putIfAbsent(error.field(), error);
        if (errors.size() == ProblemException.MAX_ERRORS) {
            throw ProblemException.invalid(errors());
        }
    }
}
