package io.clientela.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a request body into a tree in one pass, with a bound for everything that costs more than its bytes: depth,
 * members, items, and the length of names, texts and numbers. The bounds lie above what any field allows.
 */
final class JsonReader {
    static final int MAX_DEPTH = 64;
    static final int MAX_MEMBERS = 256;
    static final int MAX_ITEMS = 1_000;
    static final int MAX_VALUES = 100_000;
    static final int MAX_NAME_LENGTH = 255;
    /** In UTF-16 units: notes may have 10,000 characters of two units each. */
    static final int MAX_TEXT_LENGTH = 20_000;

    static final int MAX_NUMBER_LENGTH = 64;
    /** That of a double (IEEE 754), the widest range that callers exchange. */
    static final int MAX_EXPONENT = 308;

    /** An error in a value with a longer pointer is reported at the ancestor whose pointer is not longer. */
    private static final int MAX_POINTER_LENGTH = 1_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Names are not shared between bodies: callers choose them, and a table of them would only grow. */
    private static final JsonFactory PARSERS = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final List<FieldError> errors = new ArrayList<>();
    private int values;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a body.
     *
     * @throws ProblemException 400 if it is not one JSON object in UTF-8, 422 if it has too many values or more errors
     *     than are listed
     */
    static JsonTree read(byte[] body) {
        var text = decoded(body);
        try (var parser = PARSERS.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("The body must be a JSON object.");
            }
            var reader = new JsonReader(parser);
            var json = reader.object();
            if (parser.nextToken() != null) {
                throw malformed("The body has something after its JSON object.");
            }
            return new JsonTree(json, List.copyOf(reader.errors));
        } catch (StreamConstraintsException e) {
            throw malformed("The body is nested more than " + MAX_DEPTH + " levels deep.");
        } catch (JsonProcessingException e) {
            throw malformed("The body is not well-formed JSON" + place(e.getLocation()));
        } catch (IOException e) {
            throw new IllegalStateException("Text in memory cannot be read", e);
        }
    }

    /**
     * Not by the parser, which guesses the encoding (RFC 8259, section 8.1, knows UTF-8 only) and lets surrogates in.
     */
    private static String decoded(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw malformed("The body is not valid UTF-8.");
        }
    }

    private ObjectNode object() throws IOException {
        var object = NODES.objectNode();
        var context = parser.getParsingContext();
        int members = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var token = parser.nextToken();
            members++;
            if (members <= MAX_MEMBERS && name.length() <= MAX_NAME_LENGTH && Text.isStorable(name)) {
                add(object, Text.normalized(name), token);
                continue;
            }
            if (members <= MAX_MEMBERS) {
                reject(FieldError.invalidText(
                        pointer(context.getParent()),
                        "has a member whose name is not valid text of at most " + MAX_NAME_LENGTH + " characters"));
            } else if (members == MAX_MEMBERS + 1) {
                reject(FieldError.tooMany(pointer(context.getParent()), MAX_MEMBERS));
            }
            parser.skipChildren();
        }
        return object;
    }

    private void add(ObjectNode object, String name, JsonToken token) throws IOException {
        if (object.has(name)) {
            throw malformed("The body has two members with one name" + place(parser.currentTokenLocation()));
        }
        var value = value(token);
        if (value != null) {
            object.set(name, value);
        }
    }

    private ArrayNode array() throws IOException {
        var array = NODES.arrayNode();
        var context = parser.getParsingContext();
        JsonToken token = parser.nextToken();
        for (int i = 0; token != JsonToken.END_ARRAY; i++, token = parser.nextToken()) {
            if (i < MAX_ITEMS) {
                var value = value(token);
                array.add(value == null ? NODES.nullNode() : value);
                continue;
            }
            if (i == MAX_ITEMS) {
                reject(FieldError.tooMany(pointer(context.getParent()), MAX_ITEMS));
            }
            parser.skipChildren();
        }
        return array;
    }

    /** Returns the value, or null for one that was rejected. */
    private JsonNode value(JsonToken token) throws IOException {
        if (++values > MAX_VALUES) {
            throw ProblemException.invalid(List.of(FieldError.tooMany("", MAX_VALUES)));
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private JsonNode text() throws IOException {
        if (parser.getTextLength() > MAX_TEXT_LENGTH) {
            return reject(FieldError.tooLong(pointer(parser.getParsingContext()), MAX_TEXT_LENGTH));
        }
        var text = parser.getText();
        return Text.isStorable(text)
                ? NODES.textNode(Text.normalized(text))
                : reject(FieldError.invalidText(pointer(parser.getParsingContext()), Text.REQUIREMENT));
    }

    private JsonNode number() throws IOException {
        if (parser.getTextLength() > MAX_NUMBER_LENGTH || exponentOf(parser.getText()) > MAX_EXPONENT) {
            return reject(FieldError.outOfRange(
                    pointer(parser.getParsingContext()),
                    "must have at most " + MAX_NUMBER_LENGTH + " digits and an exponent of at most " + MAX_EXPONENT));
        }
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER -> NODES.numberNode(parser.getBigIntegerValue());
            default -> NODES.numberNode(parser.getDecimalValue());
        };
    }

    /** Built for an error only: kept along the way, the pointers of deep values would cost more than the values. */
    private static String pointer(JsonStreamContext context) {
        var pointer = context.pathAsPointer();
        while (pointer.length() > MAX_POINTER_LENGTH) {
            pointer = pointer.head();
        }
        return pointer.toString();
    }

    /** Returns the size of the exponent, without its sign. */
    private static long exponentOf(String number) {
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (e < 0) {
            return 0;
        }
        var digits = number.substring(number.charAt(e + 1) == '+' || number.charAt(e + 1) == '-' ? e + 2 : e + 1);
        return digits.length() > String.valueOf(MAX_EXPONENT).length() ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private JsonNode reject(FieldError error) {
        errors.add(error);
        if (errors.size() == ProblemException.MAX_ERRORS) {
            throw ProblemException.invalid(errors);
        }
        return null;
    }

    private static String place(JsonLocation location) {
        return ": line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED_JSON, detail);
    }
}
