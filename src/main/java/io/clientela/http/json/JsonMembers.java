package io.clientela.http.json;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The members of the JSON objects that records are read from, as Jackson sees them. */
final class JsonMembers {
    private final ObjectMapper mapper;
    private final Map<JavaType, Map<String, JavaType>> byRecord = new ConcurrentHashMap<>();

    JsonMembers(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Returns the types of the members of a record by their names on the wire. */
    Map<String, JavaType> of(JavaType bean) {
        return byRecord.computeIfAbsent(
                bean, any -> mapper.getDeserializationConfig().introspect(bean).findProperties().stream()
                        .collect(Collectors.toMap(
                                BeanPropertyDefinition::getName, BeanPropertyDefinition::getPrimaryType)));
    }

    /** Returns whether an object has only members that its record knows: to ask costs less than to fail. */
    boolean know(ObjectNode object, JavaType bean) {
        var known = of(bean);
        for (var members = object.fieldNames(); members.hasNext(); ) {
            if (!known.containsKey(members.next())) {
                return false;
            }
        }
        return true;
    }
}
