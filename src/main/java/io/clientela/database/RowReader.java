package io.clientela.database;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.IntFunction;

/** Reads the columns of a row from left to right. */
public final class RowReader {
    private final IntFunction<Object> columns;
    private final int size;
    private int next;

    private RowReader(IntFunction<Object> columns, int size) {
        this.columns = columns;
        this.size = size;
    }

    /** Reads a row of a {@link TenantStatement}. */
    public static RowReader of(Object[] row) {
        return new RowReader(column -> row[column], row.length);
    }

    /** Reads a row of the {@link Database}. */
    public static RowReader of(Row row) {
        return new RowReader(row::getValue, row.size());
    }

    /** Returns whether there is another column. */
    public boolean hasNext() {
        return next < size;
    }

    /** Returns the next column's value as the PostgreSQL client read it. */
    @SuppressWarnings("unchecked") // the column has this type
    public <T> T next() {
        return (T) columns.apply(next++);
    }

    /** Returns the next column's timestamp, or null. */
    public Instant nextTimestamp() {
        OffsetDateTime timestamp = next();
        return timestamp == null ? null : timestamp.toInstant();
    }

    /** Returns the record that the next columns keep. */
    public <R extends Record> R next(Columns<R> record) {
        return record.read(this);
    }

    Object next(Columns.Type type) {
        return type.convert(next());
    }

    /** Returns whether the next columns are null, and skips them if they are. */
    boolean skipNulls(int count) {
        for (int i = 0; i < count; i++) {
            if (columns.apply(next + i) != null) {
                return false;
            }
        }
        next += count;
        return true;
    }
}
