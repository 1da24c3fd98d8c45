package io.clientela.transfer.imports;

import io.clientela.customer.Attributes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What the text of a cell is read as. */
enum CellKind {
    TEXT,
    NUMBER,
    FLAG,
    DATE,
    TIMESTAMP,
    /** Texts separated by {@code |}. */
    LIST,
    /** A JSON object. */
    OBJECT,
    /** A text, or any other value as JSON. */
    ATTRIBUTE;

    /** Returns the kind of the cells for a field of this type. */
    static CellKind of(Class<?> type) {
        if (type == BigDecimal.class || type == Integer.class || type == Long.class) {
            return NUMBER;
        }
        if (type == Boolean.class || type == boolean.class) {
            return FLAG;
        }
        if (type == LocalDate.class) {
            return DATE;
        }
        if (type == Instant.class) {
            return TIMESTAMP;
        }
        if (type == List.class) {
            return LIST;
        }
        return type == Attributes.class ? OBJECT : TEXT;
    }
}
