package io.clientela.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.clientela.customer.CustomerColumn;
import io.clientela.customer.CustomerRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;

/**
 * A CSV file with customers (RFC 4180), in UTF-8 (ADR 19). The cell of an unknown value is empty, that of an empty text
 * is {@code ""}.
 */
final class CsvFile implements CustomerFile {
    private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    private final List<String> header;
    private final List<Function<CustomerRow, Object>> cells;
    private final boolean byteOrderMark;
    private final AttributeText attributes;
    private final CsvLines lines = new CsvLines();

    private boolean begun;

    /**
     * @param columns the columns of the file
     * @param cells how the value of each of them is read
     */
    CsvFile(
            List<CustomerColumn> columns,
            List<Function<CustomerRow, Object>> cells,
            boolean byteOrderMark,
            AttributeText attributes) {
        this.header = columns.stream().map(CustomerColumn::name).toList();
        this.cells = cells;
        this.byteOrderMark = byteOrderMark;
        this.attributes = attributes;
    }

    @Override
    public byte[] customers(List<CustomerRow> customers) {
        if (!begun) {
            begun = true;
            begin();
        }
        for (var customer : customers) {
            for (var cell : cells) {
                write(cell.apply(customer));
            }
            lines.end();
        }
        return lines.take();
    }

    @Override
    public byte[] end() {
        return new byte[0];
    }

    private void begin() {
        if (byteOrderMark) {
            lines.raw(BYTE_ORDER_MARK);
        }
        header.forEach(lines::text);
        lines.end();
    }

    /** Only texts are protected: what the service itself writes, such as a negative number, is no formula. */
    private void write(Object value) {
        if (value == null) {
            unknown();
        } else if (value instanceof String text) {
            lines.text(SpreadsheetText.protect(text));
        } else if (value instanceof OffsetDateTime timestamp) {
            lines.timestamp(timestamp);
        } else if (value instanceof String[] tags) {
            write(tags.length == 0 ? null : TagList.join(List.of(tags)));
        } else if (value instanceof JsonNode attribute) {
            lines.text(SpreadsheetText.protect(attributes.of(attribute)));
        } else if (value instanceof LocalDate date) {
            lines.date(date);
        } else {
            lines.ascii(value instanceof BigDecimal amount ? amount.toPlainString() : value.toString());
        }
    }

    /** A line of one cell must not be empty: it would be no line for most readers. */
    private void unknown() {
        if (cells.size() == 1) {
            lines.text("");
        } else {
            lines.empty();
        }
    }
}
