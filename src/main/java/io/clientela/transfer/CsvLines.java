package io.clientela.transfer;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;

/**
 * Lines of CSV (RFC 4180), encoded cell by cell. Most cells are short, so that to make a text of a timestamp, or one of
 * all lines, would cost more than everything else.
 */
final class CsvLines {
    private static final int CAPACITY = 128 << 10;

    /** The longest of the cells that are no texts, with its separator. */
    private static final int SHORT = 64;

    private static final int FIRST_LONG_YEAR = 10_000;

    private byte[] bytes = new byte[CAPACITY];
    private int size;
    private boolean lineBegun;

    /** Adds a cell without a value. */
    void empty() {
        begin(0);
    }

    /** Adds a cell with a text, in quotes if it must be: one that is empty differs from no value. */
    void text(String text) {
        var encoded = text.getBytes(StandardCharsets.UTF_8);
        begin(2 * encoded.length);
        if (isQuoted(encoded)) {
            quoted(encoded);
        } else {
            raw(encoded);
        }
    }

    /** Adds a cell with a short text of ASCII that never needs quotes. */
    void ascii(String text) {
        begin(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /** Adds a cell with a timestamp of the offset zero, as {@link java.time.Instant} writes it. */
    void timestamp(OffsetDateTime timestamp) {
        if (timestamp.getYear() < 0 || timestamp.getYear() >= FIRST_LONG_YEAR) {
            ascii(timestamp.toInstant().toString());
            return;
        }
        begin(0);
        date(timestamp.getYear(), timestamp.getMonthValue(), timestamp.getDayOfMonth());
        digits('T', timestamp.getHour(), 2);
        digits(':', timestamp.getMinute(), 2);
        digits(':', timestamp.getSecond(), 2);
        fraction(timestamp.getNano() / 1000);
        bytes[size++] = 'Z';
    }

    /** Adds a cell with a date. */
    void date(LocalDate date) {
        if (date.getYear() < 0 || date.getYear() >= FIRST_LONG_YEAR) {
            ascii(date.toString());
            return;
        }
        begin(0);
        date(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    /** Adds bytes that are no cell. */
    void raw(byte[] added) {
        ensure(added.length);
        System.arraycopy(added, 0, bytes, size, added.length);
        size += added.length;
    }

    /** Ends the line. */
    void end() {
        ensure(SHORT);
        bytes[size++] = '\r';
        bytes[size++] = '\n';
        lineBegun = false;
    }

    /** Returns the lines since the last call. */
    byte[] take() {
        var taken = Arrays.copyOf(bytes, size);
        size = 0;
        if (bytes.length > CAPACITY) {
            bytes = new byte[CAPACITY];
        }
        return taken;
    }

    private void begin(int length) {
        ensure(length + SHORT);
        if (lineBegun) {
            bytes[size++] = ',';
        }
        lineBegun = true;
    }

    private void ensure(int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
        }
    }

    private void date(int year, int month, int day) {
        bytes[size++] = (byte) ('0' + year / 1000);
        bytes[size++] = (byte) ('0' + year / 100 % 10);
        bytes[size++] = (byte) ('0' + year / 10 % 10);
        bytes[size++] = (byte) ('0' + year % 10);
        digits('-', month, 2);
        digits('-', day, 2);
    }

    private void fraction(int micros) {
        if (micros == 0) {
            return;
        }
        if (micros % 1000 == 0) {
            digits('.', micros / 1000, 3);
        } else {
            digits('.', micros, 6);
        }
    }

    private void digits(char before, int number, int count) {
        bytes[size++] = (byte) before;
        int rest = number;
        for (int i = size + count - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += count;
    }

    private static boolean isQuoted(byte[] text) {
        for (byte character : text) {
            if (character == ',' || character == '"' || character == '\r' || character == '\n') {
                return true;
            }
        }
        return text.length == 0;
    }

    private void quoted(byte[] text) {
        bytes[size++] = '"';
        for (byte character : text) {
            if (character == '"') {
                bytes[size++] = '"';
            }
            bytes[size++] = character;
        }
        bytes[size++] = '"';
    }
}
