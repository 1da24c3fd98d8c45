package io.clientela.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.clientela.customer.CustomerColumn;
import io.clientela.customer.ListedCustomer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A CSV file with customers (RFC 4180), in UTF-8 (ADR 19). The cell of an unknown value is empty, that of an empty text
 * is {@code ""}.
 */
final class CsvFile implements CustomerFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<CustomerColumn> columns;
    private final AttributeText attributes;
    /** The rows that were written and are not encoded yet. */
    private final StringWriter text = new StringWriter();

    private final CsvWriter csv;
    private boolean begun;

    CsvFile(List<CustomerColumn> columns, boolean byteOrderMark, AttributeText attributes) {
        this.columns = columns;
        this.attributes = attributes;
        this.csv = CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).build(text);
        if (byteOrderMark) {
            text.write(BYTE_ORDER_MARK);
        }
    }

    @Override
    public byte[] customers(List<ListedCustomer> customers) {
        if (!begun) {
            begun = true;
            csv.writeRecord(columns.stream().map(CustomerColumn::name).toList());
        }
        customers.forEach(this::write);
        return written();
    }

    @Override
    public byte[] end() {
        return new byte[0];
    }

    private void write(ListedCustomer customer) {
        var line = csv.writeRecord();
        for (CustomerColumn column : columns) {
            line.writeField(cell(column.value().apply(customer)));
        }
        line.endRecord();
    }

    /** Only texts are protected: what the service itself writes, such as a negative number, is no formula. */
    private String cell(Object value) {
        if (value == null) {
            // A line of one cell must not be empty: it would be no line for most readers.
            return columns.size() == 1 ? "" : null;
        }
        if (value instanceof String text) {
            return SpreadsheetText.protect(text);
        }
        if (value instanceof List<?> tags) {
            return tags.isEmpty()
                    ? cell(null)
                    : SpreadsheetText.protect(
                            TagList.join(tags.stream().map(String.class::cast).toList()));
        }
        if (value instanceof JsonNode attribute) {
            return SpreadsheetText.protect(attributes.of(attribute));
        }
        return value instanceof BigDecimal amount ? amount.toPlainString() : value.toString();
    }

    private byte[] written() {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var piece = text.toString().getBytes(StandardCharsets.UTF_8);
        text.getBuffer().setLength(0);
        return piece;
    }
}
