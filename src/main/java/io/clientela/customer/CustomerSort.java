package io.clientela.customer;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;

/** The sort orders of a list of customers. Sort keys are never null; ties are broken by id. */
public enum CustomerSort {
    NAME("name", "sort_name", text -> text),
    EMAIL("email", "sort_email", text -> text),
    CREATED_AT("created_at", "created_at", CustomerSort::timestamp),
    UPDATED_AT("updated_at", "updated_at", CustomerSort::timestamp),
    LAST_CALL_AT("last_call_at", "sort_last_call", CustomerSort::timestamp),
    TOTAL_SPENT("total_spent", "total_spent", CustomerSort::amount);

    private final String value;
    private final String column;
    private final Function<String, Object> parser;

    CustomerSort(String value, String column, Function<String, Object> parser) {
        this.value = value;
        this.column = column;
        this.parser = parser;
    }

    String column() {
        return column;
    }

    /** Returns a sort key as a cursor's text. */
    static String text(Object key) {
        return key instanceof OffsetDateTime timestamp ? timestamp.toInstant().toString() : key.toString();
    }

    /** Parses a cursor's text; empty if it is not a sort key of this order. */
    Optional<Object> parseKey(String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static OffsetDateTime timestamp(String text) {
        var timestamp = Instant.parse(text);
        if (text.startsWith("+") || text.startsWith("-")) {
            throw new DateTimeException("year out of range");
        }
        return timestamp.atOffset(ZoneOffset.UTC);
    }

    private static BigDecimal amount(String text) {
        var amount = new BigDecimal(text);
        if (amount.scale() != 2) {
            throw new NumberFormatException("not two decimals");
        }
        return amount;
    }

    /** Returns the value of {@code sort_by}. */
    @Override
    public String toString() {
        return value;
    }
}
