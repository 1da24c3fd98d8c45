package io.clientela.http.json;

import java.text.Normalizer;

/** The text that the service accepts: Unicode scalar values without NUL, in normalisation form C (UAX #15). */
public final class Text {
    /** What a text that is not {@link #isStorable storable} fails to be, for an error message. */
    public static final String REQUIREMENT = "must be valid Unicode text without NUL characters";

    /** All characters below are in normalisation form C, and none combines with another (UAX #15, section 9). */
    private static final char FIRST_COMBINING = '\u0300';

    /**
     * UAX #15, section 13 (Stream-Safe Text Format): no language needs more. Sorting a run of marks takes the square of
     * its length.
     */
    private static final int MAX_MARKS = 30;

    private Text() {}

    /**
     * Returns whether a text can be stored without loss and normalised at a cost that its length bounds: PostgreSQL has
     * no NUL in text, a lone surrogate is no character, and of combining marks at most 30 may follow each other.
     */
    public static boolean isStorable(String text) {
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
            if (c >= FIRST_COMBINING) {
                marks = isMark(text.codePointBefore(i + 1)) ? marks + 1 : 0;
                if (marks > MAX_MARKS) {
                    return false;
                }
            } else {
                marks = 0;
            }
        }
        return true;
    }

    /** Returns the text in normalisation form C. */
    public static String normalized(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_COMBINING) {
                return Normalizer.normalize(text, Normalizer.Form.NFC);
            }
        }
        return text;
    }

    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
