package io.clientela.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The text of a single attribute in a cell: a text as it is, and any other value as JSON. A text that is JSON itself,
 * such as {@code 5}, and an empty one are written as JSON, too, in quotes: a cell has one meaning.
 */
@Singleton
public class AttributeText {
    /** What JSON can begin with, white space included. */
    private static final String JSON_STARTS = "{[\"-0123456789tfn \t\r\n";

    private final ObjectReader json;

    public AttributeText(ObjectMapper mapper) {
        this.json = mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Returns the text of a value. */
    public String of(JsonNode value) {
        if (!value.isTextual()) {
            return value.toString();
        }
        var text = value.textValue();
        return text.isBlank() || parse(text).isPresent() ? value.toString() : text;
    }

    /** Returns the value of a text that {@link #of} returned, or that a person wrote. */
    public JsonNode read(String text) {
        return parse(text).orElseGet(() -> TextNode.valueOf(text));
    }

    /** Returns the value of a text that is JSON. */
    public Optional<JsonNode> parse(String text) {
        if (text.isEmpty() || JSON_STARTS.indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
