package io.clientela.transfer.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.JsonTree;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the rows of a piece as JSON objects, each of which is then read like the body of a request. */
@Singleton
class PieceReader {
    private final JsonBodies bodies;
    private final CellReader cells;

    PieceReader(JsonBodies bodies, CellReader cells) {
        this.bodies = bodies;
        this.cells = cells;
    }

    /**
     * Returns the rows of a piece.
     *
     * @param columns the columns that the file's type has
     */
    List<ImportRow> read(Piece piece, ImportOptions options, InputColumns columns) {
        var reading = new Reading(piece, options, columns);
        var data = piece.data();
        var ends = options.csv() == null
                ? RowEnds.ofLines(piece.firstLine())
                : RowEnds.ofCsv(options.csv().delimiter(), piece.firstLine());
        ends.take(data, 0, end -> reading.add(data, end, ends.line()));
        reading.add(data, data.length, ends.line());
        return reading.rows;
    }

    /** The rows of one piece, read one after the other. */
    private final class Reading {
        private final ImportOptions options;
        private final Charset charset;
        private final ZoneId zone;
        private final InputColumns known;
        private final List<Optional<InputColumn>> columns;
        private final List<ImportRow> rows = new ArrayList<>();
        private int start;
        private long line;

        Reading(Piece piece, ImportOptions options, InputColumns known) {
            this.line = piece.firstLine();
            this.options = options;
            this.charset = Charset.forName(options.charset());
            this.zone = ZoneId.of(options.timeZone());
            this.known = known;
            this.columns = options.csv() == null
                    ? List.of()
                    : options.csv().columns().stream()
                            .map(name -> Optional.ofNullable(name).flatMap(known::find))
                            .toList();
        }

        /** Adds the row up to an end, behind which a line begins. */
        void add(byte[] data, int end, long nextLine) {
            var row = Arrays.copyOfRange(data, start, end);
            int length = RowEnds.lengthWithoutEnd(row);
            if (length > 0) {
                rows.add(read(row, length));
            }
            start = end;
            line = nextLine;
        }

        private ImportRow read(byte[] row, int length) {
            try {
                return new ImportRow(line, row, Optional.of(json(Arrays.copyOf(row, length))), Optional.empty());
            } catch (ProblemException problem) {
                return new ImportRow(line, row, Optional.empty(), Optional.of(problem));
            }
        }

        private JsonTree json(byte[] row) {
            var text = decoded(row);
            if (options.csv() != null) {
                return bodies.parse(object(text).toString().getBytes(StandardCharsets.UTF_8));
            }
            return bodies.parse(charset == StandardCharsets.UTF_8 ? row : text.getBytes(StandardCharsets.UTF_8))
                    .without(known.ignored());
        }

        private String decoded(byte[] row) {
            try {
                return charset.newDecoder().decode(ByteBuffer.wrap(row)).toString();
            } catch (CharacterCodingException e) {
                throw ProblemException.invalid(
                        "", "invalid_text", "is not " + charset + "; save the file in UTF-8, or name its charset");
            }
        }

        private ObjectNode object(String text) {
            var row = CsvRow.read(text, options.csv().delimiter(), columns.size())
                    .orElseThrow(() -> ProblemException.invalid(
                            "", "invalid_format", "has something after a closing quote; double the quotes in a cell"));
            if (row.count() != columns.size()) {
                throw ProblemException.invalid(
                        "", "invalid_length", "has " + row.count() + " cells, the header has " + columns.size());
            }
            var object = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < columns.size(); i++) {
                int cell = i;
                columns.get(i)
                        .ifPresent(column -> set(object, column, row.cells().get(cell)));
            }
            return object;
        }

        private void set(ObjectNode object, InputColumn column, Cell cell) {
            var text = options.trim() ? cell.text().strip() : cell.text();
            if (text.isEmpty() && (!cell.quoted() || options.csv().quoted())) {
                return;
            }
            var value = cells.read(text, column.kind(), zone);
            var path = column.path();
            if (path.size() == 1) {
                object.set(path.get(0), value);
            } else if (!object.has(path.get(0)) || object.get(path.get(0)).isObject()) {
                object.withObjectProperty(path.get(0)).set(path.get(1), value);
            }
        }
    }
}
