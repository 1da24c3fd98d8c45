package io.clientela.customer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** Converts customers, addresses, calls and orders to JSON trees and compares two states. */
@Singleton
public class CustomerJson {
    /** These fields differ after every change, so that comparing them is meaningless. */
    private static final Set<String> SYSTEM_FIELDS = Set.of("version", "updated_at");

    /** Reads numbers as they were written. */
    private static final ObjectMapper STORED = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    private final ObjectMapper mapper;

    CustomerJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Returns a view as a JSON tree. */
    public ObjectNode tree(Object view) {
        try {
            return (ObjectNode) mapper.readTree(mapper.writeValueAsBytes(view));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what is stored of a customer as a JSON tree: without the segment, and what {@code include} adds. */
    public static ObjectNode customer(CustomerView view) {
        var tree = emptyObject();
        CustomerTable.STORED_MEMBERS.forEach(member -> tree.set(member.name(), member.node(view)));
        return tree;
    }

    /** Parses JSON that this service stored. */
    public static ObjectNode parse(String text) {
        try {
            return (ObjectNode) STORED.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns an empty object: the state before a create and after a delete. */
    public static ObjectNode emptyObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns the fields of a customer's JSON tree that callers write. */
    public static ObjectNode writable(ObjectNode customer) {
        return customer.deepCopy().retain(CustomerFields.NAMES);
    }

    /**
     * Returns the old and new value of each field that differs.
     *
     * @param before null for a new customer
     * @param after null for a deleted one
     */
    public static ObjectNode changes(CustomerView before, CustomerView after) {
        var changes = emptyObject();
        for (var member : CustomerTable.STORED_MEMBERS) {
            var from = before == null ? null : member.value().apply(before);
            var to = after == null ? null : member.value().apply(after);
            if (!SYSTEM_FIELDS.contains(member.name()) && !Objects.equals(from, to)) {
                changes.putObject(member.name())
                        .<ObjectNode>set("from", member.node(before))
                        .set("to", member.node(after));
            }
        }
        return changes;
    }

    /** Returns the old and new value of each field that differs. */
    public static ObjectNode changes(ObjectNode before, ObjectNode after) {
        Set<String> fields = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(fields::add);
        after.fieldNames().forEachRemaining(fields::add);
        fields.removeAll(SYSTEM_FIELDS);
        var changes = emptyObject();
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

    /** Returns the old values of the changed fields. */
    public static ObjectNode before(ObjectNode changes) {
        var before = emptyObject();
        changes.properties()
                .forEach(change -> before.set(change.getKey(), change.getValue().path("from")));
        return before;
    }

    private static JsonNode orNull(JsonNode value) {
        return value == null ? NullNode.instance : value;
    }
}
