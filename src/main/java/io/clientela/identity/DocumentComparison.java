package io.clientela.identity;

/** Compares two documents' numbers. */
final class DocumentComparison {
    /**
     * A document names one person, and is mistyped in about one record of twenty. The rest of the records of one person
     * have another document, or somebody else's: a parent's, in one family of two hundred. How often strangers' numbers
     * come close follows from counting: of all numbers of 7 digits one in 10⁵ is a given one but for a typing error, of
     * 11 digits one in 10⁹; but numbers given out on one day run on, so less is counted on.
     */
    enum Level {
        SAME(0.92, 3e-5, 1e-5, 1e-7, "same_document"),
        /** A company's number, on people: whoever buys for it gives it. */
        SAME_OF_EMPLOYER(0.9, 0.05, 0.8, 1e-6, "same_document"),
        CLOSE(0.05, 3e-4, 0.001, 2e-6, "similar_document"),
        CLOSE_SHORT(0.05, 3e-4, 0.001, 2e-5, "similar_document"),
        /** Two typing errors. */
        VAGUE(0.01, 0.001, 0.002, 1e-5, "similar_document"),
        VAGUE_SHORT(0.01, 0.001, 0.002, 4e-4, "similar_document"),
        /** Three typing errors in a long number. */
        FAINT(0.004, 0.01, 0.003, 3e-4, "similar_document"),
        /** One company's number for another of its branches. */
        BRANCH(0.02, 0.1, 0.8, 1e-5, null),
        /** Two numbers that are one for life, and in order as their check digits say. */
        DIFFERENT(0.004, 0.98, 0.98, 1, null),
        /** Of other kinds people have several: identity card, passport, social security; and a new one now and then. */
        DIFFERENT_OTHER(0.15, 0.98, 0.98, 1, null);

        private final Evidence evidence;

        Level(double same, double household, double colleagues, double strangers, String reason) {
            evidence = new Evidence(new Likelihood(same, household, colleagues, strangers), reason);
        }
    }

    // A CNPJ: eight characters for the company, four for the branch, two check digits (IN RFB 2.229/2024).
    private static final int CNPJ_LENGTH = 14;
    private static final int CNPJ_ROOT = 8;

    private static final int LONG = 9;
    private static final int VERY_LONG = 10;
    private static final int SHORTEST = 6;

    private DocumentComparison() {}

    static Evidence compare(String a, String b, boolean companies) {
        if (a == null || b == null || isPlaceholder(a) || isPlaceholder(b)) {
            return Evidence.NONE;
        }
        if (a.equals(b)) {
            boolean ofEmployer = !companies && a.length() == CNPJ_LENGTH;
            return (ofEmployer ? Level.SAME_OF_EMPLOYER : Level.SAME).evidence;
        }
        var level = similar(a, b);
        if (level != null) {
            return level.evidence;
        }
        // A CPF here and a passport there are two documents of maybe one person.
        if (!areOfOneKind(a, b)) {
            return Evidence.NONE;
        }
        return (CheckDigits.agree(a) && CheckDigits.agree(b) ? Level.DIFFERENT : Level.DIFFERENT_OTHER).evidence;
    }

    /** @return null where they are simply different */
    private static Level similar(String a, String b) {
        if (a.length() == CNPJ_LENGTH
                && b.length() == CNPJ_LENGTH
                && a.regionMatches(0, b, 0, CNPJ_ROOT)
                && !a.substring(CNPJ_ROOT, CNPJ_LENGTH - 2).equals(b.substring(CNPJ_ROOT, CNPJ_LENGTH - 2))) {
            return Level.BRANCH;
        }
        int shorter = Math.min(a.length(), b.length());
        int errors = shorter < SHORTEST ? Spelling.FAR : Spelling.distance(a, b, 3);
        return switch (errors) {
            case 1 -> shorter >= LONG ? Level.CLOSE : Level.CLOSE_SHORT;
            case 2 -> shorter >= LONG ? Level.VAGUE : Level.VAGUE_SHORT;
            case 3 -> shorter >= VERY_LONG ? Level.FAINT : null;
            default -> null;
        };
    }

    private static boolean areOfOneKind(String a, String b) {
        return a.length() == b.length() && hasLetters(a) == hasLetters(b);
    }

    private static boolean hasLetters(String document) {
        return document.chars().anyMatch(Character::isLetter);
    }

    /** One character throughout, such as 000.000.000-00: typed where a form would not go on without. */
    static boolean isPlaceholder(String documentKey) {
        for (int i = 1; i < documentKey.length(); i++) {
            if (documentKey.charAt(i) != documentKey.charAt(0)) {
                return false;
            }
        }
        return true;
    }
}
