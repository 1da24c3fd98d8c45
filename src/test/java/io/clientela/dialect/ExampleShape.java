package io.clientela.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * An example of an answer in the documentation of an API, from {@code src/test/resources/dialect}. Real answers are
 * compared with it field by field: the same names, the same types, the same values but for ids and timestamps.
 */
public final class ExampleShape {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TO_SECOND = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    private static final Pattern TO_MICROSECOND =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3}|\\.\\d{6})?Z");
    private static final Pattern TO_MILLISECOND =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    private final JsonNode example;
    private final Set<String> differing = new HashSet<>();
    private Pattern[] forms = {ID, TO_SECOND, TO_MILLISECOND};
    private boolean placeholders;

    private ExampleShape(JsonNode example) {
        this.example = example;
    }

    /** Reads an example, such as {@code voki/list}. */
    public static ExampleShape of(String name) {
        try (var file = ExampleShape.class.getResourceAsStream("/dialect/" + name + ".json")) {
            return new ExampleShape(MAPPER.readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names of the fields of an object in the example, by its JSON pointer. */
    public Set<String> fields(String pointer) {
        return names(example.at(pointer));
    }

    /** Compares only the type of these fields, by their JSON pointers, and not their value. */
    public ExampleShape butFor(String... pointers) {
        differing.addAll(Set.of(pointers));
        return this;
    }

    /** Compares timestamps with those of the service's own API, which has microseconds. */
    public ExampleShape withOwnTimestamps() {
        forms = new Pattern[] {ID, TO_MICROSECOND};
        return this;
    }

    /**
     * Compares only the types of all fields: the example has placeholders for values. A list with {@code "..."} may
     * have any elements, an object without members any members, a field that is null may also be a text, and those of
     * {@link #butFor} may be null.
     */
    public ExampleShape ofPlaceholders() {
        placeholders = true;
        return this;
    }

    /** Asserts that an answer is as the example. */
    public void assertMatches(String answer) {
        try {
            compare("", MAPPER.readTree(answer), example);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(String pointer, JsonNode actual, JsonNode expected) {
        if (placeholders
                && ((expected.isNull() && actual.isTextual()) || (actual.isNull() && differing.contains(pointer)))) {
            return;
        }
        assertThat(kind(actual)).as("type of %s: %s", pointer, actual).isEqualTo(kind(expected));
        if (placeholders && isPlaceholder(expected)) {
            return;
        }
        if (expected.isObject()) {
            assertThat(names(actual)).as("fields of %s", pointer).isEqualTo(names(expected));
            expected.properties()
                    .forEach(field ->
                            compare(pointer + "/" + field.getKey(), actual.get(field.getKey()), field.getValue()));
        } else if (expected.isArray()) {
            assertThat(actual).as(pointer).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                compare(pointer + "/" + i, actual.get(i), expected.get(i));
            }
        } else if (!placeholders && !compareForm(pointer, actual, expected) && !differing.contains(pointer)) {
            assertThat(actual).as(pointer).isEqualTo(expected);
        }
    }

    /** An id is compared with any id, a timestamp with any of the same precision. */
    private boolean compareForm(String pointer, JsonNode actual, JsonNode expected) {
        for (Pattern form : forms) {
            if (expected.isTextual() && form.matcher(expected.textValue()).matches()) {
                assertThat(actual.textValue()).as(pointer).matches(form);
                return true;
            }
        }
        return false;
    }

    private static boolean isPlaceholder(JsonNode expected) {
        return expected.isContainerNode()
                && (expected.isEmpty()
                        || (expected.isArray() && expected.path(0).asText().equals("...")));
    }

    private static String kind(JsonNode value) {
        return value.getNodeType() == JsonNodeType.NUMBER && value.isIntegralNumber()
                ? "INTEGER"
                : value.getNodeType().name();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
