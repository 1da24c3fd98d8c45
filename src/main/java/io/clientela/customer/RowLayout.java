package io.clientela.customer;

import java.util.ArrayList;
import java.util.List;

/** The columns of the table that a statement reads, each of them once, and their places in its rows. */
public final class RowLayout {
    private final List<String> columns = new ArrayList<>();

    /** Returns the place of a column, which the statement reads from now on. */
    int placeOf(String column) {
        int place = columns.indexOf(column);
        if (place >= 0) {
            return place;
        }
        columns.add(column);
        return columns.size() - 1;
    }

    /** Returns the columns as a list of a SELECT. */
    String sql() {
        return String.join(", ", columns);
    }
}
