package io.clientela.identity.match;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits text into words without accents and case, for comparison. */
final class Words {

    private Words() {}

    /** Returns the words of a text in order; an empty list for null. */
    static List<String> of(String text) {
        var words = new ArrayList<String>();
        if (text == null) {
            return words;
        }
        var folded = folded(text);
        int start = -1;
        for (int i = 0; i <= folded.length(); i++) {
            boolean inside = i < folded.length() && Character.isLetterOrDigit(folded.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(folded.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    /** Returns the text in lower case without accents; letters that Unicode does not decompose are transliterated. */
    static String folded(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        var decomposed = isAscii(lower) ? lower : Normalizer.normalize(lower, Normalizer.Form.NFKD);
        var folded = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            addFolded(decomposed.charAt(i), folded);
        }
        return folded.toString();
    }

    private static void addFolded(char c, StringBuilder folded) {
        switch (c) {
            // O'Brien and D'Ávila are one word each.
            case '\'', '’', '`' -> {}
            case 'ß' -> folded.append("ss");
            case 'æ' -> folded.append("ae");
            case 'œ' -> folded.append("oe");
            case 'ø' -> folded.append('o');
            case 'ł' -> folded.append('l');
            case 'đ' -> folded.append('d');
            case 'ı' -> folded.append('i');
            default -> {
                if (c < 0x80 || Character.getType(c) != Character.NON_SPACING_MARK) {
                    folded.append(c);
                }
            }
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
