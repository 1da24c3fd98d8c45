package io.clientela.customer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clientela.database.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/** The JSON of the values of a customer's fields. */
final class JsonValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonValues() {}

    /**
     * Writes a value.
     *
     * @param nested the fields of a record; null for any other value
     */
    static void write(JsonGenerator json, Object value, Columns<?> nested) throws IOException {
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
                write(json, item, null);
            }
            json.writeEndArray();
        } else if (value instanceof Record entry) {
            json.writeStartObject();
            for (var field : nested.fields()) {
                json.writeFieldName(field.name());
                write(json, field.of(entry), field.nested());
            }
            json.writeEndObject();
        } else if (value instanceof Attributes attributes) {
            json.writeRawValue(attributes.text());
        } else {
            json.writeString(value.toString());
        }
    }

    /**
     * Returns a value as a node of a tree.
     *
     * @param nested the fields of a record; null for any other value
     */
    static JsonNode node(Object value, Columns<?> nested) {
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
            list.forEach(item -> array.add(node(item, null)));
            return array;
        }
        if (value instanceof Record entry) {
            var object = NODES.objectNode();
            nested.fields().forEach(field -> object.set(field.name(), node(field.of(entry), field.nested())));
            return object;
        }
        return value instanceof Attributes attributes ? attributes.json() : NODES.textNode(value.toString());
    }
}
