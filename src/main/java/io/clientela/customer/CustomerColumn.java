package io.clientela.customer;

import java.util.Optional;
import java.util.function.Function;

/**
 * A column of customers in a file.
 *
 * @param name the column's name
 * @param field the field of the customer's JSON that it shows; empty for a total
 * @param reader adds what the column needs to a statement, and reads the value from its rows: null, a text, flag,
 *     number, id, date, timestamp, constant, array of texts, or the JSON node of a single attribute
 */
public record CustomerColumn(
        String name, Optional<String> field, Function<RowLayout, Function<CustomerRow, Object>> reader) {
    /** Returns a column that shows a column of the table as it is. */
    static CustomerColumn stored(String name, Optional<String> field, String column) {
        return new CustomerColumn(name, field, layout -> {
            int place = layout.placeOf(column);
            return row -> row.value(place);
        });
    }
}
