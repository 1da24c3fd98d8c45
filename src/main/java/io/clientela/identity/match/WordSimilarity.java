package io.clientela.identity.match;

/** The similarity of two words of names, best first. */
enum WordSimilarity {
    EQUAL,
    /** One typing error, or more in a long word. */
    CLOSE,
    /** One is the initial of the other. */
    INITIAL,
    /** One word with several errors, or two words that sound similar. */
    VAGUE,
    DIFFERENT;

    // Winkler's own cut-offs are near .92 for “agrees” and .88 for “may agree”. The second is lower here: a vague match
    // is no evidence, but a word with several errors must not count as a different word.
    private static final double MIN_CLOSE = 0.92;
    private static final double MIN_VAGUE = 0.82;

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
        if ((similarity >= MIN_CLOSE && errors <= 2) || (errors == 1 && longer >= 4)) {
            return isOtherGender(a, b) ? DIFFERENT : CLOSE;
        }
        return similarity >= MIN_VAGUE || (errors <= longer / 3) ? VAGUE : DIFFERENT;
    }

    /** Returns whether the letters, in any order, rule out similarity: a cheap test that excludes most pairs. */
    private static boolean haveLittleInCommon(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int common = Math.min(countCommon(a, b), countCommon(b, a));
        return common * 2 < Math.max(a.length(), b.length()) || common * 3 < shorter * 2;
    }

    private static int countCommon(String letters, String in) {
        int common = 0;
        for (int i = 0; i < letters.length(); i++) {
            if (in.indexOf(letters.charAt(i)) >= 0) {
                common++;
            }
        }
        return common;
    }

    /** Paulo and Paula, Francisco and Francisca differ in one letter, but hardly ever by mistake. */
    private static boolean isOtherGender(String a, String b) {
        int end = a.length() - 1;
        return b.length() == a.length()
                && a.regionMatches(0, b, 0, end)
                && (a.charAt(end) == 'a' && b.charAt(end) == 'o' || a.charAt(end) == 'o' && b.charAt(end) == 'a');
    }
}
