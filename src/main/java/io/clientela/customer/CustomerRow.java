package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.RowReader;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.data.Numeric;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A customer as a row of a {@link CustomerStream}. What is asked for is read, and nothing else. */
public final class CustomerRow {
    private final Row row;
    private final CustomerQuery query;
    /** The parsed attributes, once they are asked for. */
    private ObjectNode attributes;

    CustomerRow(Row row, CustomerQuery query) {
        this.row = row;
        this.query = query;
    }

    /** Returns the value at a place as the PostgreSQL client read it, but numerics as decimals. */
    Object value(int place) {
        var value = row.getValue(place);
        return value instanceof Numeric numeric ? numeric.bigDecimalValue() : value;
    }

    /** Returns the attributes, whose text is at a place. */
    ObjectNode attributes(int place) {
        if (attributes == null) {
            attributes = CustomerJson.parse(row.getString(place));
        }
        return attributes;
    }

    /** Returns the date in UTC of the timestamp at a place, or null. */
    LocalDate date(int place) {
        var timestamp = row.getOffsetDateTime(place);
        return timestamp == null
                ? null
                : timestamp.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    }

    /** Returns the segment as of the time of the query, from the columns of {@link Spending}. */
    Segment segment(int[] places) {
        var columns = new Object[places.length];
        for (int i = 0; i < places.length; i++) {
            columns[i] = row.getValue(places[i]);
        }
        return query.segments().of(RowReader.of(columns).next(CustomerTable.SPENDING));
    }

    /** Returns the customer as callers read it. Only for statements that read fields, not columns of a file. */
    public CustomerView view() {
        return CustomerTable.view(RowReader.of(row), query.shown(), query.segments());
    }
}
