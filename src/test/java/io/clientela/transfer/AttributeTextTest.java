package io.clientela.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttributeTextTest {
    private final ObjectMapper mapper = new ObjectMapper();
    private final AttributeText attributes = new AttributeText(mapper);

    @Test
    void textsStayUnlessTheyAreJson() {
        for (String text : List.of("blue", "5 apples", "-", "true story", "{braces", "\"", "nothing", "+5", "05")) {
            assertThat(attributes.of(TextNode.valueOf(text))).isEqualTo(text);
        }
        for (String text : List.of("", " ", "5", " 5", "-1.50", "true", "null", "{}", "[1]", "\"quoted\"")) {
            assertThat(attributes.of(TextNode.valueOf(text)))
                    .isEqualTo(TextNode.valueOf(text).toString());
        }
    }

    @Test
    void otherValuesAreJson() throws JsonProcessingException {
        for (String json : List.of("5", "true", "null", "{\"a\":[1,\"x\"]}")) {
            assertThat(attributes.of(mapper.readTree(json))).isEqualTo(json);
        }
    }
}
