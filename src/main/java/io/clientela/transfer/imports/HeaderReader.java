package io.clientela.transfer.imports;

import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the header of a CSV file: finds out the delimiter, and which column each cell is of. */
final class HeaderReader {
    private static final String POINTER = "columns";
    private static final int MAX_COLUMNS = 1_000;
    private static final int MAX_SHOWN = 100;

    /** The first of those that occur equally often. */
    private static final char[] DELIMITERS = {',', ';', '\t'};

    private final InputColumns columns;
    private final Map<String, String> mapping;

    /**
     * Creates a reader.
     *
     * @param columns the columns that a file may have
     * @param mapping the columns of cells that have other names, by these names; an empty one leaves the cell out
     */
    HeaderReader(InputColumns columns, Map<String, String> mapping) {
        this.columns = columns;
        this.mapping = mapping;
    }

    /** Returns the end of the first line that is not within quotes, behind its line end; -1 if it is not there. */
    static int end(byte[] bytes, int length) {
        boolean quoted = false;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '"') {
                quoted = !quoted;
            } else if (!quoted && bytes[i] == '\n') {
                return i + 1;
            } else if (!quoted && bytes[i] == '\r' && i + 1 < length) {
                return bytes[i + 1] == '\n' ? i + 2 : i + 1;
            }
        }
        return -1;
    }

    /**
     * Reads a header, which may have its line end.
     *
     * @throws ProblemException 422 with every unknown and repeated column
     */
    ImportOptions read(byte[] header, ImportOptions options) {
        var text = decoded(header, Charset.forName(options.charset())).strip();
        char delimiter = delimiter(text);
        var row = CsvRow.read(text, delimiter, MAX_COLUMNS)
                .orElseThrow(() -> ProblemException.invalid(
                        POINTER, "invalid_format", "cannot be read: the header has something after a closing quote"));
        if (row.count() > MAX_COLUMNS) {
            throw ProblemException.invalid(POINTER, "invalid_length", "must not be more than " + MAX_COLUMNS);
        }
        var resolution = new Resolution();
        List<String> names = new ArrayList<>();
        row.cells().forEach(cell -> names.add(resolution.column(cell.text().strip())));
        resolution.throwIfInvalid();
        boolean quoted = row.cells().stream().allMatch(Cell::quoted);
        return options.withHeader(new CsvHeader(delimiter, names, quoted), resolution.ignored);
    }

    private static String decoded(byte[] header, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(header)).toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.invalid(
                    POINTER, "invalid_text", "are not " + charset + "; save the file in UTF-8, or name its charset");
        }
    }

    /** Returns the delimiter that the header has most of, outside of quotes. */
    private static char delimiter(String header) {
        Map<Character, Integer> counts = new HashMap<>();
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            quoted ^= header.charAt(i) == '"';
            if (!quoted) {
                counts.merge(header.charAt(i), 1, Integer::sum);
            }
        }
        char best = DELIMITERS[0];
        for (char candidate : DELIMITERS) {
            if (counts.getOrDefault(candidate, 0) > counts.getOrDefault(best, 0)) {
                best = candidate;
            }
        }
        return best;
    }

    private static String shown(String name) {
        return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
    }

    /** Finds the columns of one header. */
    private final class Resolution {
        private final List<FieldError> errors = new ArrayList<>();
        private final List<String> ignored = new ArrayList<>();
        private final Set<String> used = new HashSet<>();
        private final Set<String> mapped = new HashSet<>();

        /** Returns the name of the column of a cell; null to leave the cell out. */
        String column(String name) {
            var target = mapping.get(name);
            if (target != null) {
                mapped.add(name);
                return target.isEmpty() ? ignore(name) : use(name, target);
            }
            return columns.isIgnored(name) ? ignore(name) : use(name, name);
        }

        private String ignore(String name) {
            ignored.add(name);
            return null;
        }

        private String use(String name, String target) {
            var column = columns.find(target).map(InputColumn::name);
            if (column.isEmpty()) {
                errors.add(FieldError.unknownColumn(
                        POINTER,
                        "has the unknown column \"" + shown(name) + "\"; map it with columns=" + shown(name)
                                + ":<column>, or to nothing to leave it out"));
                return null;
            }
            if (!used.add(column.get())) {
                errors.add(FieldError.repeated(POINTER, "has the column " + column.get() + " twice"));
            }
            return column.get();
        }

        void throwIfInvalid() {
            mapping.keySet().stream()
                    .filter(name -> !mapped.contains(name))
                    .forEach(name -> errors.add(
                            FieldError.conflict(POINTER, "maps \"" + name + "\", which is not in the header")));
            if (used.isEmpty() && errors.isEmpty()) {
                errors.add(FieldError.required(POINTER, "has no column that is imported"));
            }
            if (used.contains("attributes") && used.stream().anyMatch(name -> name.startsWith("attributes."))) {
                errors.add(FieldError.conflict(POINTER, "has attributes beside a column of a single attribute"));
            }
            if (!errors.isEmpty()) {
                throw ProblemException.invalid(errors).with("columns", columns.names());
            }
        }
    }
}
