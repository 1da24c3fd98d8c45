package io.clientela.identity.match;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** Compares two addresses by the letter pairs of their words and by their numbers. */
final class AddressComparison {
    /**
     * People move, so only half of the records of one person have the same address in the same spelling. A household
     * shares an address by definition. Strangers share an address if they live in one large building, more often a
     * street, and very often the town.
     */
    enum Level {
        SAME(0.45, 0.5, 0.15, 5e-6, "same_address"),
        /** Branches of a company have different addresses. */
        SAME_OF_COMPANIES(0.6, 0.1, 0.02, 5e-6, "same_address"),
        /** The same, without a house number: a street or town that many customers of a local business share. */
        SAME_PLACE(0.4, 0.5, 0.3, 0.3, "similar_address"),
        /** Spelled differently, with a number in common. */
        SIMILAR(0.3, 0.33, 0.1, 2e-5, "similar_address"),
        /** Spelled similarly, with no house number in common: neighbours, or an error in the number. */
        STREET(0.05, 0.06, 0.1, 5e-4, "similar_address"),
        /** A part in common, such as town or postcode. */
        PART(0.08, 0.03, 0.1, 0.02, null),
        DIFFERENT(0.15, 0.08, 0.6, 0.98, null);

        private final Evidence evidence;

        Level(double same, double household, double colleagues, double strangers, String reason) {
            evidence = new Evidence(same, household, colleagues, strangers, reason);
        }
    }

    private static final int MIN_MISTYPED_LENGTH = 2;
    // Many shorter numbers are one digit apart, so without the same street that is no evidence.
    private static final int MIN_MISTYPED_LENGTH_WITHOUT_STREET = 3;
    private static final int MIN_POSTCODE_LENGTH = 5;
    private static final int MIN_LONG_NUMBER_LENGTH = 4;
    private static final double MIN_SAME = 0.9;
    private static final double MIN_SIMILAR = 0.65;
    private static final double MIN_PART = 0.4;

    private AddressComparison() {}

    static Evidence compare(Address a, Address b, boolean companies) {
        if (a == null || b == null) {
            return Evidence.NONE;
        }
        var level = level(a, b);
        return (companies && level == Level.SAME ? Level.SAME_OF_COMPANIES : level).evidence;
    }

    private static Level level(Address a, Address b) {
        double words = similarity(letterPairs(a.words()), letterPairs(b.words()));
        var common = new HashSet<>(a.numbers());
        common.retainAll(new HashSet<>(b.numbers()));
        boolean sameHouse = common.stream().anyMatch(AddressComparison::isHouse);
        boolean mistyped = hasMistyped(a.numbers(), b.numbers(), MIN_MISTYPED_LENGTH);
        if (words >= MIN_SAME
                && common.size() >= Math.min(a.numbers().size(), b.numbers().size())) {
            if (sameHouse) {
                return Level.SAME;
            }
            if (!hasHouse(a) && !hasHouse(b)) {
                return Level.SAME_PLACE;
            }
        }
        // House number and postcode together are as strong as the words between them.
        boolean twoSimilarNumbers =
                common.size() + (hasMistyped(a.numbers(), b.numbers(), MIN_MISTYPED_LENGTH_WITHOUT_STREET) ? 1 : 0)
                        >= 2;
        if (words >= MIN_SIMILAR || (words >= MIN_PART && twoSimilarNumbers)) {
            return sameHouse || mistyped ? Level.SIMILAR : Level.STREET;
        }
        boolean part =
                words >= MIN_PART || common.stream().anyMatch(number -> number.length() >= MIN_LONG_NUMBER_LENGTH);
        return part ? Level.PART : Level.DIFFERENT;
    }

    private static boolean hasHouse(Address address) {
        return address.numbers().stream().anyMatch(AddressComparison::isHouse);
    }

    /** House numbers are shorter than postcodes. */
    private static boolean isHouse(String number) {
        return number.length() < MIN_POSTCODE_LENGTH;
    }

    /** Returns whether a number of one address differs from a number of the other by one typing error. */
    private static boolean hasMistyped(List<String> a, List<String> b, int minLength) {
        return a.stream().filter(number -> !b.contains(number)).anyMatch(number -> b.stream()
                .filter(other -> !a.contains(other))
                .filter(other -> Math.min(number.length(), other.length()) >= minLength)
                .anyMatch(other -> Spelling.distance(number, other, 1) == 1));
    }

    /** Returns Dice's coefficient, 0 to 1, which tolerates words that are split, joined or reordered. */
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

    /** Returns the pairs of adjacent letters in words, each packed into one number, sorted. */
    private static int[] letterPairs(List<String> words) {
        var pairs = new int[words.stream().mapToInt(String::length).sum()];
        int size = 0;
        for (var word : words) {
            for (int i = 0; i + 1 < word.length(); i++) {
                pairs[size++] = word.charAt(i) << 16 | word.charAt(i + 1);
            }
        }
        var sorted = Arrays.copyOf(pairs, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
