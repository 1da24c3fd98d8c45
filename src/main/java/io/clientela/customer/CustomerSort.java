package io.clientela.customer;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;

/** The orders that a list of customers can have. No sort key is ever null, and ties are broken by id. */
public enum CustomerSort {
    NAME("name", "sort_name", text -> text),
    EMAIL("email", "sort_email", text -> text),
    CREATED_AT("created_at", "created_at", CustomerSort::timestamp),
    UPDATED_AT("updated_at", "updated_at", CustomerSort::timestamp),
    LAST_CALL_AT("last_call_at", "sort_last_call", CustomerSort::timestamp),
    TOTAL_SPENT("total_spent", "total_spent", CustomerSort::amount);

    private final String value;
    private final String column;
    private final Function<String, Object> reading;

    CustomerSort(String value, String column, Function<String, Object> reading) {
        this.value = value;
        this.column = column;
        this.reading = reading;
    }

    /** The column that is sorted by. */
    String column() {
        return column;
    }

    /** A sort key as text, for a cursor. */
    static String text(Object key) {
        return key instanceof OffsetDateTime timestamp ? timestamp.toInstant().toString() : key.toString();
    }

    /** Reads a sort key back from a cursor; empty if it is none. */
    Optional<Object> parseKey(String text) {
        try {
            return Optional.of(reading.apply(text));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static OffsetDateTime timestamp(String text) {
        var timestamp = Instant.parse(text);
        if (text.startsWith("+") || text.startsWith("-")) {
            throw new DateTimeException("a year that no customer has");
        }
        return timestamp.atOffset(ZoneOffset.UTC);
    }

    private static BigDecimal amount(String text) {
        var amount = new BigDecimal(text);
        if (amount.scale() != 2) {
            throw new NumberFormatException("not in cents");
        }
        return amount;
    }

    /** The word on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
