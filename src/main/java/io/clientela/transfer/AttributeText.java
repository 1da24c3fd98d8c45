package io.clientela.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.inject.Singleton;

/**
 * The text of a single attribute in a cell: a text as it is, and any other value as JSON. A text that is JSON itself,
 * such as {@code 5}, and an empty one are written as JSON, too, in quotes: a cell has one meaning.
 */
@Singleton
class AttributeText {
    /** What JSON can begin with, white space included. */
    private static final String JSON_STARTS = "{[\"-0123456789tfn \t\r\n";

    private final ObjectReader json;

    AttributeText(ObjectMapper mapper) {
        this.json = mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    String of(JsonNode value) {
        if (!value.isTextual()) {
            return value.toString();
        }
        var text = value.textValue();
        return text.isBlank() || isJson(text) ? value.toString() : text;
    }

    private boolean isJson(String text) {
        if (JSON_STARTS.indexOf(text.charAt(0)) < 0) {
            return false;
        }
        try {
            return !json.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
