package io.clientela.transfer.imports;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One CSV row (RFC 4180).
 *
 * @param cells its cells, the first ones if it has more than were asked for
 * @param count how many cells it has
 */
record CsvRow(List<Cell> cells, int count) {
    /**
     * Reads the text of a row without its line end; empty if something follows a closing quote.
     *
     * @param max how many cells to keep: a row of separators costs more than its bytes
     */
    static Optional<CsvRow> read(String row, char delimiter, int max) {
        try {
            return Optional.of(CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .maxBufferSize(RowSplitter.MAX_ROW_BYTES + 1)
                    .ofSingleCsvRecord(new Cells(max), row));
        } catch (CsvParseException e) {
            return Optional.empty();
        }
    }

    private static final class Cells extends AbstractBaseCsvCallbackHandler<CsvRow> {
        private final int max;
        private final List<Cell> cells = new ArrayList<>();
        private int count;

        Cells(int max) {
            this.max = max;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            count++;
            if (count <= max) {
                cells.add(new Cell(new String(buffer, offset, length), quoted));
            }
        }

        @Override
        protected CsvRow buildRecord() {
            return new CsvRow(cells, count);
        }
    }
}
