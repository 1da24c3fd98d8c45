package io.clientela.identity;

import java.util.List;
import org.apache.commons.codec.language.DoubleMetaphone;

/**
 * The words of a name by their sound (Philips's Double Metaphone, 2000), in which most typing errors in vowels and
 * double letters are gone.
 */
record NameCodes(List<String> words, List<String> codes) {
    private static final DoubleMetaphone SOUND = new DoubleMetaphone();

    static NameCodes of(PersonName name) {
        return new NameCodes(
                name.words(), name.words().stream().map(NameCodes::code).toList());
    }

    /** The first word's; null where there is none. */
    String first() {
        return codes.isEmpty() ? null : codes.get(0);
    }

    /** The last word's; null where there is only one. */
    String last() {
        return codes.size() < 2 ? null : codes.get(codes.size() - 1);
    }

    /** The last but one's; null where that is the first. */
    String lastButOne() {
        return codes.size() < 3 ? null : codes.get(codes.size() - 2);
    }

    /** The first word itself; null where there is none. */
    String firstWord() {
        return words.isEmpty() ? null : words.get(0);
    }

    /** The last word itself; null where there is only one. */
    String lastWord() {
        return words.size() < 2 ? null : words.get(words.size() - 1);
    }

    private static String code(String word) {
        var code = SOUND.doubleMetaphone(word);
        // A script that is not Latin has no code.
        return code == null || code.isEmpty() ? word : code;
    }
}
