package io.clientela.identity.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A one-line address split into words and numbers, independent of the country.
 *
 * @param words the words without generic ones such as "street"
 * @param numbers all words with a digit: house, flat, postcode
 */
record Address(List<String> words, List<String> numbers) {
    private static final Set<String> GENERIC =
            Set.of(("rua r avenida av ave avenue street st road rd lane ln drive dr travessa tv alameda al praca pca"
                            + " rodovia rod estrada apartamento apto ap apt bloco bl casa no n de da do das dos e the of cep"
                            + " bairro place pl court ct close crescent circuit way strasse str via calle rue")
                    .split(" "));
    private static final int MIN_POSTCODE_LENGTH = 4;
    private static final int MAX_WORDS = 30;

    /** Returns the address of a line, or null if the line has none. */
    static Address of(String line) {
        if (line == null || line.isBlank()) {
            return null;
        }
        var words = new ArrayList<String>();
        var numbers = new ArrayList<String>();
        for (var word : Words.of(withJoinedNumbers(line))) {
            if (words.size() + numbers.size() == MAX_WORDS) {
                break;
            }
            if (hasDigit(word)) {
                numbers.add(word);
            } else if (!GENERIC.contains(word)) {
                words.add(word);
            }
        }
        return words.isEmpty() && numbers.isEmpty() ? null : new Address(words, numbers);
    }

    /** Returns the last number of four or more characters, or null. */
    String postcode() {
        return numbers().stream()
                .filter(number -> number.length() >= MIN_POSTCODE_LENGTH)
                .reduce((former, latter) -> latter)
                .orElse(null);
    }

    /** Returns the first number that is not the postcode, or null. */
    String house() {
        var postcode = postcode();
        return numbers().stream()
                .filter(number -> !number.equals(postcode))
                .findFirst()
                .orElse(null);
    }

    /** Returns the longest word, which is rarely a frequent one, or null. */
    String longestWord() {
        return words().stream()
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    /** Joins the parts of a number: 01310-100 and 01310100 are one postcode. */
    private static String withJoinedNumbers(String line) {
        var joined = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c != '-' && c != '.') || !areDigits(line, i - 2, i) || !areDigits(line, i + 1, i + 4)) {
                joined.append(c);
            }
        }
        return joined.toString();
    }

    private static boolean areDigits(String line, int from, int to) {
        if (from < 0 || to > line.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!Character.isDigit(line.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasDigit(String word) {
        return word.chars().anyMatch(Character::isDigit);
    }
}
