package io.clientela.transfer.imports;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the text of one CSV row (RFC 4180). */
final class CsvRow {
    private CsvRow() {}

    /** Returns the cells of a row without its line end; empty if something follows a closing quote. */
    static Optional<List<Cell>> read(String row, char delimiter) {
        try {
            return Optional.of(CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .maxBufferSize(RowSplitter.MAX_ROW_BYTES + 1)
                    .ofSingleCsvRecord(new Cells(), row));
        } catch (CsvParseException e) {
            return Optional.empty();
        }
    }

    private static final class Cells extends AbstractBaseCsvCallbackHandler<List<Cell>> {
        private final List<Cell> cells = new ArrayList<>();

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            cells.add(new Cell(new String(buffer, offset, length), quoted));
        }

        @Override
        protected List<Cell> buildRecord() {
            return cells;
        }
    }
}
