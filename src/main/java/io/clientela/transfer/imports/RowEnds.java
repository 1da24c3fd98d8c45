package io.clientela.transfer.imports;

import java.util.function.IntConsumer;

/**
 * Finds the ends of the rows of a file, byte by byte. In CSV (RFC 4180) a line end within quotes belongs to its cell;
 * quotes begin at the start of a cell only. A line ends with LF, CR LF or CR. All encodings that are read have these
 * characters as single bytes that occur in no other character.
 */
final class RowEnds {
    private enum State {
        CELL_START,
        PLAIN,
        QUOTED,
        /** After a quote within quotes: the end of them, or the first of two that stand for one. */
        QUOTE
    }

    private final byte delimiter;
    private final boolean quotes;

    private State state = State.CELL_START;
    private boolean afterCr;
    private long line;

    private RowEnds(byte delimiter, boolean quotes, long line) {
        this.delimiter = delimiter;
        this.quotes = quotes;
        this.line = line;
    }

    /**
     * For CSV.
     *
     * @param line the line at which the first byte is, from 1
     */
    static RowEnds ofCsv(char delimiter, long line) {
        return new RowEnds((byte) delimiter, true, line);
    }

    /** For a file of lines. */
    static RowEnds ofLines(long line) {
        return new RowEnds((byte) 0, false, line);
    }

    /**
     * Takes the next bytes.
     *
     * @param ended receives the index behind each row that ends; {@link #line} is then that of the next row
     */
    void take(byte[] bytes, int from, IntConsumer ended) {
        for (int i = from; i < bytes.length; i++) {
            if (endsBefore(bytes[i])) {
                ended.accept(i);
            }
            if (endsWith(bytes[i])) {
                ended.accept(i + 1);
            }
        }
    }

    /** Returns whether a row ends before a byte: the byte before was a CR, and this is no LF. */
    private boolean endsBefore(byte next) {
        boolean lineEnded = afterCr && next != '\n';
        afterCr = false;
        if (lineEnded) {
            line++;
        }
        return lineEnded && state != State.QUOTED;
    }

    private boolean endsWith(byte next) {
        if (next == '\n') {
            line++;
        }
        afterCr = next == '\r';
        if (next == '\n' && state != State.QUOTED) {
            state = State.CELL_START;
            return true;
        }
        if (quotes) {
            state = after(next);
        }
        return false;
    }

    private State after(byte next) {
        if (state == State.QUOTED) {
            return next == '"' ? State.QUOTE : State.QUOTED;
        }
        if (next == '"' && state != State.PLAIN) {
            return State.QUOTED;
        }
        return next == delimiter || next == '\r' ? State.CELL_START : State.PLAIN;
    }

    /** Returns the line of the file at which the next byte is, from 1. */
    long line() {
        return afterCr ? line + 1 : line;
    }

    /** Returns the length of a row without its line end. */
    static int lengthWithoutEnd(byte[] row) {
        int length = row.length;
        while (length > 0 && (row[length - 1] == '\n' || row[length - 1] == '\r')) {
            length--;
        }
        return length;
    }
}
