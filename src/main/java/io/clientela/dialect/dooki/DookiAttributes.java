package io.clientela.dialect.dooki;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.Attributes;
import io.clientela.customer.CustomerJson;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads from a customer's attributes what Dooki has fields for, and the service has not. */
final class DookiAttributes {
    private static final String NONE = "{}";

    private final ObjectNode json;

    private DookiAttributes(ObjectNode json) {
        this.json = json;
    }

    static DookiAttributes of(Attributes attributes) {
        var text = attributes.text();
        return new DookiAttributes(text.equals(NONE) ? CustomerJson.emptyObject() : CustomerJson.parse(text));
    }

    /** Returns an attribute as text: the elements of a list separated by commas, null for an object and for none. */
    String text(String name) {
        var value = json.path(name);
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .filter(JsonNode::isValueNode)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", "));
        }
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
}
