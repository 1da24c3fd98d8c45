package io.clientela.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Customers, and what hangs off them, as JSON trees, in which a change is made (RFC 7396) and two states are compared.
 */
@Singleton
public class CustomerJson {
    /** These change with every change and say nothing about it. */
    private static final Set<String> SYSTEM_FIELDS = Set.of("version", "updated_at");

    private final ObjectMapper mapper;

    CustomerJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** A customer, or something of theirs, as callers read it. */
    public ObjectNode tree(Object view) {
        try {
            return (ObjectNode) mapper.readTree(mapper.writeValueAsBytes(view));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON that was written here before. */
    public ObjectNode parse(String text) {
        try {
            return (ObjectNode) mapper.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing: what a new customer was before, and a deleted one is after. */
    public ObjectNode emptyObject() {
        return mapper.createObjectNode();
    }

    /** Of a customer as callers read it, what they may write. */
    public static ObjectNode writable(ObjectNode customer) {
        return customer.deepCopy().retain(CustomerInput.FIELDS);
    }

    /** Per field that differs, what it was and what it is. */
    public ObjectNode changes(ObjectNode before, ObjectNode after) {
        Set<String> fields = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(fields::add);
        after.fieldNames().forEachRemaining(fields::add);
        fields.removeAll(SYSTEM_FIELDS);
        var changes = mapper.createObjectNode();
        for (String field : fields) {
            var from = orNull(before.get(field));
            var to = orNull(after.get(field));
            if (!from.equals(to)) {
                changes.putObject(field).set("from", from);
                ((ObjectNode) changes.get(field)).set("to", to);
            }
        }
        return changes;
    }

    /** What the changed fields were before. */
    public ObjectNode before(ObjectNode changes) {
        var before = mapper.createObjectNode();
        changes.properties()
                .forEach(change -> before.set(change.getKey(), change.getValue().path("from")));
        return before;
    }

    private JsonNode orNull(JsonNode value) {
        return value == null ? mapper.nullNode() : value;
    }
}
