package io.clientela.identity.match;

import org.apache.commons.text.similarity.DamerauLevenshteinDistance;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** How far two spellings are from each other. All measures are symmetric. */
final class Spelling {
    private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();
    private static final DamerauLevenshteinDistance[] UP_TO = {
        new DamerauLevenshteinDistance(0),
        new DamerauLevenshteinDistance(1),
        new DamerauLevenshteinDistance(2),
        new DamerauLevenshteinDistance(3)
    };

    /** The distance of what is further apart than was asked. */
    static final int FAR = Integer.MAX_VALUE;

    private Spelling() {}

    /**
     * The number of typing errors between two texts: a character too many, missing, wrong, or two neighbours swapped.
     *
     * @param limit 0 to 3, where counting ends
     * @return the distance, or {@link #FAR} if it is over the limit
     */
    static int distance(String a, String b, int limit) {
        if (a.equals(b)) {
            return 0;
        }
        if (Math.abs(a.length() - b.length()) > limit) {
            return FAR;
        }
        int distance = UP_TO[limit].apply(a, b);
        return distance < 0 ? FAR : distance;
    }

    /** Jaro–Winkler similarity, 0 to 1 (Winkler 1990), which forgives errors more towards the end of a word. */
    static double similarity(String a, String b) {
        // The library walks the first text greedily, which for texts of one length can depend on their order.
        return a.compareTo(b) <= 0 ? JARO_WINKLER.apply(a, b) : JARO_WINKLER.apply(b, a);
    }
}
