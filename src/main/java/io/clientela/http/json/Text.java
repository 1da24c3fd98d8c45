package io.clientela.http.json;

import java.text.Normalizer;

/** The text that the service takes: Unicode scalar values without NUL, in normalisation form C (UAX #15). */
public final class Text {
    private Text() {}

    /**
     * Whether a text can be stored without loss: PostgreSQL has no NUL in text, and a lone surrogate is no character.
     */
    public static boolean isStorable(String text) {
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
        }
        return true;
    }

    /** The text in normalisation form C. */
    public static String normalized(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
