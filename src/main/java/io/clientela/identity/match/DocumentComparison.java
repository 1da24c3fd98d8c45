package io.clientela.identity.match;

/** Compares two documents' numbers. */
final class DocumentComparison {
    /**
     * A document names one person, and is mistyped in about one record of twenty. The rest of the records of one person
     * have another document, or somebody else's: a parent's, in one family of two hundred. How often strangers' numbers
     * come close follows from counting: of all numbers of 7 digits eight in 10⁶ are a given one but for a typing error,
     * of 11 digits one in 10⁹; but numbers given out on one day run on, so less is counted on.
     */
    enum Level {
        SAME(0.92, 3e-5, 1e-5, 1e-7, "same_document"),
        /** A company's number, on people: whoever buys for it gives it. */
        SAME_OF_EMPLOYER(0.9, 0.05, 0.8, 1e-6, "same_document"),
        CLOSE(0.05, 3e-4, 1e-4, 2e-6, "similar_document"),
        CLOSE_SHORT(0.05, 3e-4, 1e-4, 1e-5, "similar_document"),
        /** Two typing errors. */
        VAGUE(0.01, 0.001, 5e-4, 1e-5, "similar_document"),
        VAGUE_SHORT(0.01, 0.001, 5e-4, 3e-4, "similar_document"),
        /** Three typing errors in a long number. */
        FAINT(0.01, 0.003, 0.001, 5e-4, "similar_document"),
        /** One company's number for another of its branches. */
        BRANCH(0.02, 0.1, 0.8, 1e-5, null),
        /** Two numbers that are one for life, and in order as their check digits say. */
        DIFFERENT(0.02, 0.98, 0.98, 1, null),
        /** Of other kinds people have several: identity card, passport, social security; and a new one now and then. */
        DIFFERENT_OTHER(0.15, 0.98, 0.98, 1, null);

        private final Evidence evidence;

        Level(double same, double household, double colleagues, double strangers, String reason) {
            evidence = new Evidence(same, household, colleagues, strangers, reason);
        }
    }

    // A CNPJ: eight characters for the company, four for the branch, two check digits (IN RFB 2.229/2024).
    private static final int CNPJ_LENGTH = 14;
    private static final int CNPJ_ROOT = 8;
    private static final int CNPJ_HIGHEST_WEIGHT = 9;
    private static final int CPF_LENGTH = 11;

    private static final int LONG = 9;
    private static final int SHORTEST = 6;

    private DocumentComparison() {}

    static Evidence compare(String a, String b, boolean companies) {
        if (a == null || b == null) {
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
        return (hasRightCheckDigits(a) && hasRightCheckDigits(b) ? Level.DIFFERENT : Level.DIFFERENT_OTHER).evidence;
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
            case 3 -> shorter >= LONG ? Level.FAINT : null;
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
        return documentKey != null && documentKey.chars().distinct().count() <= 1;
    }

    /**
     * Whether this is a CPF or CNPJ by its length, and its two check digits are right: each is 11 less the weighted sum
     * of what is before it modulo 11, and 0 if that is over 9. A CPF has weights from 2 up from the right, a CNPJ from
     * 2 to 9 over and over; its letters count as their ASCII code less 48 (IN RFB 2.229/2024).
     */
    static boolean hasRightCheckDigits(String documentKey) {
        int length = documentKey.length();
        if (length != CPF_LENGTH && length != CNPJ_LENGTH) {
            return false;
        }
        int highest = length == CPF_LENGTH ? CPF_LENGTH : CNPJ_HIGHEST_WEIGHT;
        return isDigitRight(documentKey, length - 2, highest) && isDigitRight(documentKey, length - 1, highest);
    }

    private static boolean isDigitRight(String document, int position, int highestWeight) {
        int sum = 0;
        int weight = 2;
        for (int i = position - 1; i >= 0; i--) {
            sum += (document.charAt(i) - '0') * weight;
            weight = weight == highestWeight ? 2 : weight + 1;
        }
        int digit = 11 - sum % 11;
        return document.charAt(position) - '0' == (digit > 9 ? 0 : digit);
    }
}
