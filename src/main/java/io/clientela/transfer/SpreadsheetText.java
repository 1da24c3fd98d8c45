package io.clientela.transfer;

/**
 * Text that a spreadsheet does not run. A text that begins with one of {@code = + - @}, their full-width forms, a tab,
 * a CR or an LF is taken for a formula (OWASP, "CSV Injection"). It gets an apostrophe in front, and so does a text
 * that begins with apostrophes before such a character: each protected text has exactly one original.
 */
public final class SpreadsheetText {
    private static final char APOSTROPHE = '\'';
    private static final String STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private SpreadsheetText() {}

    /** Returns the text, protected if it must be. */
    public static String protect(String text) {
        return isDangerous(text, 0) ? APOSTROPHE + text : text;
    }

    /** Returns the original of a text that {@link #protect} returned. */
    public static String unprotect(String text) {
        return !text.isEmpty() && text.charAt(0) == APOSTROPHE && isDangerous(text, 1) ? text.substring(1) : text;
    }

    private static boolean isDangerous(String text, int from) {
        int start = from;
        while (start < text.length() && text.charAt(start) == APOSTROPHE) {
            start++;
        }
        return start < text.length() && STARTS.indexOf(text.charAt(start)) >= 0;
    }
}
