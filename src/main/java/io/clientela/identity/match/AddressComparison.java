package io.clientela.identity.match;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** Compares two addresses as they were written, by the pairs of letters in their words and by their numbers. */
final class AddressComparison {
    /**
     * People move, so that only half the records of one person have one address in one spelling; a household has one
     * address by what the word means. Strangers in a city share an address if they live in one large house, more often
     * a street, and very often the town.
     */
    enum Level {
        SAME(0.45, 0.5, 0.15, 5e-6, "same_address"),
        /** A branch is elsewhere. */
        SAME_OF_COMPANIES(0.6, 0.1, 0.02, 5e-6, "same_address"),
        /** The same without a house number: a street, a town, which many customers of a local business share. */
        SAME_PLACE(0.4, 0.5, 0.3, 0.3, "similar_address"),
        /** Spelt otherwise, with a number in common. */
        SIMILAR(0.3, 0.33, 0.1, 2e-5, "similar_address"),
        /** Spelt alike, with no house number in common: neighbours, or an error in the number. */
        STREET(0.05, 0.06, 0.1, 5e-4, "similar_address"),
        /** Something in common, such as town or postcode. */
        PART(0.08, 0.03, 0.1, 0.02, null),
        DIFFERENT(0.15, 0.08, 0.6, 0.98, null);

        private final Evidence evidence;

        Level(double same, double household, double colleagues, double strangers, String reason) {
            evidence = new Evidence(same, household, colleagues, strangers, reason);
        }
    }

    private static final int SHORTEST_MISTYPED = 2;
    // Of shorter numbers so many are one digit apart that without the street it says nothing.
    private static final int SURELY_MISTYPED = 3;
    private static final int SHORTEST_POSTCODE = 5;
    private static final int LONG_NUMBER = 4;
    private static final double SAME_FROM = 0.9;
    private static final double SIMILAR_FROM = 0.65;
    private static final double PART_FROM = 0.4;

    private AddressComparison() {}

    static Evidence compare(Address a, Address b, boolean companies) {
        if (a == null || b == null) {
            return Evidence.NONE;
        }
        var level = level(a, b);
        return (companies && level == Level.SAME ? Level.SAME_OF_COMPANIES : level).evidence;
    }

    private static Level level(Address a, Address b) {
        double words = similarity(pairsOfLetters(a.words()), pairsOfLetters(b.words()));
        var common = new HashSet<>(a.numbers());
        common.retainAll(new HashSet<>(b.numbers()));
        boolean sameHouse = common.stream().anyMatch(AddressComparison::isHouse);
        boolean mistyped = hasMistyped(a.numbers(), b.numbers(), SHORTEST_MISTYPED);
        if (words >= SAME_FROM
                && common.size() >= Math.min(a.numbers().size(), b.numbers().size())) {
            if (sameHouse) {
                return Level.SAME;
            }
            if (!hasHouse(a) && !hasHouse(b)) {
                return Level.SAME_PLACE;
            }
        }
        // House number and postcode together say as much as the words between them.
        boolean twoAlike = common.size() + (hasMistyped(a.numbers(), b.numbers(), SURELY_MISTYPED) ? 1 : 0) >= 2;
        if (words >= SIMILAR_FROM || (words >= PART_FROM && twoAlike)) {
            return sameHouse || mistyped ? Level.SIMILAR : Level.STREET;
        }
        boolean part = words >= PART_FROM || common.stream().anyMatch(number -> number.length() >= LONG_NUMBER);
        return part ? Level.PART : Level.DIFFERENT;
    }

    private static boolean hasHouse(Address address) {
        return address.numbers().stream().anyMatch(AddressComparison::isHouse);
    }

    /** A postcode alone is a place; a house has a shorter number. */
    private static boolean isHouse(String number) {
        return number.length() < SHORTEST_POSTCODE;
    }

    /** Whether a number of one is a number of the other but for one error. */
    private static boolean hasMistyped(List<String> a, List<String> b, int shortest) {
        return a.stream().filter(number -> !b.contains(number)).anyMatch(number -> b.stream()
                .filter(other -> !a.contains(other))
                .filter(other -> Math.min(number.length(), other.length()) >= shortest)
                .anyMatch(other -> Spelling.distance(number, other, 1) == 1));
    }

    /** Dice's coefficient, 0 to 1: it bears words divided, joined and in another order. */
    private static double similarity(int[] a, int[] b) {
        int common = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                common++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return a.length + b.length == 0 ? 0 : 2.0 * common / (a.length + b.length);
    }

    /** The pairs of neighbouring letters in words, each as one number, sorted. */
    private static int[] pairsOfLetters(List<String> words) {
        var pairs = new int[words.stream().mapToInt(String::length).sum()];
        int size = 0;
        for (var word : words) {
            for (int i = 0; i + 1 < word.length(); i++) {
                pairs[size++] = word.charAt(i) << 16 | word.charAt(i + 1);
            }
        }
        var found = Arrays.copyOf(pairs, size);
        Arrays.sort(found);
        return found;
    }
}
