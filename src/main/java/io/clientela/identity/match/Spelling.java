package io.clientela.identity.match;

import org.apache.commons.text.similarity.DamerauLevenshteinDistance;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Symmetric distance and similarity of two spellings. */
final class Spelling {
    private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();
    private static final DamerauLevenshteinDistance[] BY_LIMIT = {
        new DamerauLevenshteinDistance(0),
        new DamerauLevenshteinDistance(1),
        new DamerauLevenshteinDistance(2),
        new DamerauLevenshteinDistance(3)
    };

    /** The distance of texts that are further apart than the limit. */
    static final int FAR = Integer.MAX_VALUE;

    private Spelling() {}

    /**
     * Returns the number of typing errors between two texts: an extra, missing or wrong character, or two adjacent ones
     * swapped.
     *
     * @param limit the maximum distance, 0 to 3
     * @return the distance, or {@link #FAR} if it is over the limit
     */
    static int distance(String a, String b, int limit) {
        if (a.equals(b)) {
            return 0;
        }
        if (Math.abs(a.length() - b.length()) > limit) {
            return FAR;
        }
        int distance = BY_LIMIT[limit].apply(a, b);
        return distance < 0 ? FAR : distance;
    }

    /** Returns the Jaro–Winkler similarity, 0 to 1 (Winkler 1990), where errors at the end of a word count less. */
    static double similarity(String a, String b) {
        // The library matches greedily along the first text, so for texts of equal length the result can depend on
        // their order.
        return a.compareTo(b) <= 0 ? JARO_WINKLER.apply(a, b) : JARO_WINKLER.apply(b, a);
    }
}
