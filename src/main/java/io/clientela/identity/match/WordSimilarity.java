package io.clientela.identity.match;

/** How alike two words of names are, best first. */
enum WordSimilarity {
    EQUAL,
    /** One typing error, or more in a long word. */
    CLOSE,
    /** One is the initial of the other. */
    INITIAL,
    /** Maybe one word with several errors, maybe two words that sound alike. */
    VAGUE,
    DIFFERENT;

    // Winkler's own cut-offs are near .92 for “agrees” and .88 for “may agree”; the second is lower here because a
    // vague
    // likeness counts for nothing, but spares a word of several errors the weight of a different one.
    private static final double CLOSE_FROM = 0.92;
    private static final double VAGUE_FROM = 0.82;

    static WordSimilarity of(String a, String b) {
        if (a.equals(b)) {
            return EQUAL;
        }
        if (a.length() == 1 || b.length() == 1) {
            return a.charAt(0) == b.charAt(0) ? INITIAL : DIFFERENT;
        }
        int longer = Math.max(a.length(), b.length());
        if (haveLittleInCommon(a, b)) {
            return DIFFERENT;
        }
        int errors = Spelling.distance(a, b, 2);
        double similarity = Spelling.similarity(a, b);
        if ((similarity >= CLOSE_FROM && errors <= 2) || (errors == 1 && longer >= 4)) {
            return isOtherGender(a, b) ? DIFFERENT : CLOSE;
        }
        return similarity >= VAGUE_FROM || (errors <= longer / 3) ? VAGUE : DIFFERENT;
    }

    /** Whether the letters alone, in any order, rule out that two words are alike: most pairs end here, cheaply. */
    private static boolean haveLittleInCommon(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int common = Math.min(found(a, b), found(b, a));
        return common * 2 < Math.max(a.length(), b.length()) || common * 3 < shorter * 2;
    }

    private static int found(String letters, String in) {
        int found = 0;
        for (int i = 0; i < letters.length(); i++) {
            if (in.indexOf(letters.charAt(i)) >= 0) {
                found++;
            }
        }
        return found;
    }

    /** Paulo and Paula, Francisco and Francisca: one letter, and hardly ever by mistake. */
    private static boolean isOtherGender(String a, String b) {
        int end = a.length() - 1;
        return b.length() == a.length()
                && a.regionMatches(0, b, 0, end)
                && (a.charAt(end) == 'a' && b.charAt(end) == 'o' || a.charAt(end) == 'o' && b.charAt(end) == 'a');
    }
}
