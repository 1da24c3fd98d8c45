package io.clientela.transfer.imports;

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
     * Takes the next byte.
     *
     * @return whether a row ends before it: the byte before was a CR, and this is no LF
     */
    boolean endsBefore(byte next) {
        boolean lineEnded = afterCr && next != '\n';
        afterCr = false;
        if (lineEnded) {
            line++;
        }
        return lineEnded && state != State.QUOTED;
    }

    /**
     * Takes the byte that was asked about.
     *
     * @return whether a row ends with it
     */
    boolean endsWith(byte next) {
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
}
