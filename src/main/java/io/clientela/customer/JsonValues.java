package io.clientela.customer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clientela.database.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON of the values of a customer's fields. */
final class JsonValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Map<Class<?>, List<Columns.Field>> NESTED = new ConcurrentHashMap<>();

    private JsonValues() {}

    /** Writes a value. */
    static void write(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof Record nested) {
            json.writeStartObject();
            for (var field : fields(nested)) {
                json.writeFieldName(field.name());
                write(json, field.of(nested));
            }
            json.writeEndObject();
        } else if (value instanceof Attributes attributes) {
            json.writeRawValue(attributes.text());
        } else {
            json.writeString(value.toString());
        }
    }

    /** Returns a value as a node of a tree. */
    static JsonNode node(Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof BigDecimal decimal) {
            return DecimalNode.valueOf(decimal);
        }
        if (value instanceof Integer number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Number number) {
            return NODES.numberNode(number.longValue());
        }
        if (value instanceof List<?> list) {
            var array = NODES.arrayNode(list.size());
            list.forEach(item -> array.add(node(item)));
            return array;
        }
        if (value instanceof Record nested) {
            var object = NODES.objectNode();
            fields(nested).forEach(field -> object.set(field.name(), node(field.of(nested))));
            return object;
        }
        return value instanceof Attributes attributes ? attributes.json() : NODES.textNode(value.toString());
    }

    private static List<Columns.Field> fields(Record nested) {
        return NESTED.computeIfAbsent(nested.getClass(), type -> Columns.of(type.asSubclass(Record.class))
                .fields());
    }
}
