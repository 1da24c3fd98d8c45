package io.clientela.transfer.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.clientela.transfer.AttributeText;
import io.clientela.transfer.SpreadsheetText;
import io.clientela.transfer.TagList;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the texts of cells as JSON values (ADR 19). What is not of its column's kind stays a text, so that the
 * validation of the field says what is wrong with it.
 */
@Singleton
class CellReader {
    private static final Map<String, Boolean> FLAGS =
            Map.of("true", true, "yes", true, "1", true, "false", false, "no", false, "0", false);

    /** RFC 8259, section 6, of a length that every field can have. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,31})(\\.[0-9]{1,31})?");

    /** ISO 8601, basic format. */
    private static final Pattern BASIC_DATE = Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})");

    private static final Pattern LOCAL_TIMESTAMP =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?)");

    private final AttributeText attributes;

    CellReader(AttributeText attributes) {
        this.attributes = attributes;
    }

    /**
     * Returns the value of a cell.
     *
     * @param zone the time zone of a timestamp without one
     */
    JsonNode read(String cell, CellKind kind, ZoneId zone) {
        var text = SpreadsheetText.unprotect(cell);
        return switch (kind) {
            case TEXT -> TextNode.valueOf(text);
            case NUMBER -> NUMBER.matcher(text).matches() ? DecimalNode.valueOf(new BigDecimal(text)) : text(text);
            case FLAG -> flag(text);
            case DATE -> text(BASIC_DATE.matcher(text).replaceFirst("$1-$2-$3"));
            case TIMESTAMP -> text(timestamp(text, zone));
            case LIST -> list(text);
            case OBJECT -> attributes.parse(text).orElseGet(() -> text(text));
            case ATTRIBUTE -> attributes.read(text);
        };
    }

    private static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    private static JsonNode flag(String text) {
        var flag = FLAGS.get(text.toLowerCase(Locale.ROOT));
        return flag == null ? text(text) : BooleanNode.valueOf(flag);
    }

    private static ArrayNode list(String text) {
        var list = JsonNodeFactory.instance.arrayNode();
        TagList.split(text).forEach(list::add);
        return list;
    }

    private static String timestamp(String text, ZoneId zone) {
        var local = LOCAL_TIMESTAMP.matcher(text);
        if (!local.matches()) {
            return text;
        }
        try {
            return LocalDateTime.parse(local.group(1) + "T" + local.group(2))
                    .atZone(zone)
                    .toInstant()
                    .toString();
        } catch (DateTimeException e) {
            return text;
        }
    }
}
