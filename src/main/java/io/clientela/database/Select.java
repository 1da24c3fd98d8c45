package io.clientela.database;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** A {@code SELECT} composed of parts, each with its values. */
public final class Select {
    /** The column with the length of all rows of a limited statement. */
    static final String RESULT_BYTES = "result_bytes";

    private static final String PLANNED_EACH_TIME = "/* planned for its values */ ";

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    /**
     * Creates an empty statement.
     *
     * @param skewed whether the best plan depends on the values: a search for a rare term needs the index of terms, one
     *     for a frequent term the index of the list's order. Such a statement is planned on each execution, any other
     *     once per connection
     */
    public Select(boolean skewed) {
        if (skewed) {
            sql.append(PLANNED_EACH_TIME);
        }
    }

    /** Returns whether a statement is planned on each execution. */
    static boolean isPlannedEachTime(String sql) {
        return sql.startsWith(PLANNED_EACH_TIME);
    }

    /** Adds a part with a {@code ?} for each of its values. */
    public Select add(String part, Object... partValues) {
        int next = values.size();
        int copied = 0;
        for (int at = part.indexOf('?'); at >= 0; at = part.indexOf('?', copied)) {
            sql.append(part, copied, at).append('$').append(++next);
            copied = at + 1;
        }
        sql.append(part, copied, part.length());
        values.addAll(List.of(partValues));
        if (next != values.size()) {
            throw new IllegalArgumentException("Number of values differs from number of ? in: " + part);
        }
        return this;
    }

    /**
     * Returns this statement with a limit of what its rows have, as text, together: of more, only the first row is
     * sent. Each row has its length in {@link #RESULT_BYTES}, so that the two can be told apart.
     */
    Select within(long maxBytes) {
        var limited = new Select(isPlannedEachTime(sql()));
        limited.sql
                .append(
                        "SELECT * FROM (SELECT result.*, row_number() OVER () AS result_row, sum(octet_length(result::text)) OVER () AS ")
                .append(RESULT_BYTES)
                .append(" FROM (")
                .append(sql())
                .append(") AS result) AS measured WHERE ")
                .append(RESULT_BYTES)
                .append(" <= ")
                .append(maxBytes)
                .append(" OR result_row = 1 ORDER BY result_row");
        limited.values.addAll(values);
        return limited;
    }

    String sql() {
        return sql.toString();
    }

    Tuple values() {
        return Tuple.from(values);
    }

    /** Returns the statement's text, without its values. */
    @Override
    public String toString() {
        return sql();
    }
}
