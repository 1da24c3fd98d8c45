package io.clientela.identity.match;

/** Compares two document numbers. */
final class DocumentComparison {
    /**
     * A document identifies one person, and is mistyped in about one record of twenty. The other records of one person
     * have another document of the person, or that of a parent, in one family of two hundred. The levels of strangers
     * follow from counting: eight in 10⁶ numbers of 7 digits are one typing error from a given number, one in 10⁹ of 11
     * digits. Numbers issued on one day are consecutive, so the levels assume more similar numbers.
     */
    enum Level {
        SAME(0.92, 3e-5, 1e-5, 1e-7, "same_document"),
        /** A company's number on two people, who buy for the company. */
        SAME_OF_EMPLOYER(0.9, 0.05, 0.8, 1e-6, "same_document"),
        CLOSE(0.05, 3e-4, 1e-4, 2e-6, "similar_document"),
        CLOSE_SHORT(0.05, 3e-4, 1e-4, 1e-5, "similar_document"),
        /** Two typing errors. */
        VAGUE(0.01, 0.001, 5e-4, 1e-5, "similar_document"),
        VAGUE_SHORT(0.01, 0.001, 5e-4, 3e-4, "similar_document"),
        /** Three typing errors in a long number. */
        FAINT(0.01, 0.003, 0.001, 5e-4, "similar_document"),
        /** The numbers of two branches of one company. */
        BRANCH(0.02, 0.1, 0.8, 1e-5, null),
        /** Two numbers of a kind that never changes, with valid check digits. */
        DIFFERENT(0.02, 0.98, 0.98, 1, null),
        /** Two numbers of other kinds: people have several documents, and get a new one now and then. */
        DIFFERENT_OTHER(0.15, 0.98, 0.98, 1, null);

        private final Evidence evidence;

        Level(double same, double household, double colleagues, double strangers, String reason) {
            evidence = new Evidence(same, household, colleagues, strangers, reason);
        }
    }

    // A CNPJ: eight characters for the company, four for the branch, two check digits (IN RFB 2.229/2024).
    private static final int CNPJ_LENGTH = 14;
    private static final int CNPJ_ROOT = 8;
    private static final int CNPJ_MAX_WEIGHT = 9;
    private static final int CPF_LENGTH = 11;

    private static final int MIN_LONG_LENGTH = 9;
    private static final int MIN_LENGTH = 6;

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
        // One person can have a CPF and a passport: documents of different kinds are no evidence.
        if (!areOfOneKind(a, b)) {
            return Evidence.NONE;
        }
        return (hasValidCheckDigits(a) && hasValidCheckDigits(b) ? Level.DIFFERENT : Level.DIFFERENT_OTHER).evidence;
    }

    /** Returns null if the documents are not similar. */
    private static Level similar(String a, String b) {
        if (a.length() == CNPJ_LENGTH
                && b.length() == CNPJ_LENGTH
                && a.regionMatches(0, b, 0, CNPJ_ROOT)
                && !a.substring(CNPJ_ROOT, CNPJ_LENGTH - 2).equals(b.substring(CNPJ_ROOT, CNPJ_LENGTH - 2))) {
            return Level.BRANCH;
        }
        int shorter = Math.min(a.length(), b.length());
        int errors = shorter < MIN_LENGTH ? Spelling.FAR : Spelling.distance(a, b, 3);
        return switch (errors) {
            case 1 -> shorter >= MIN_LONG_LENGTH ? Level.CLOSE : Level.CLOSE_SHORT;
            case 2 -> shorter >= MIN_LONG_LENGTH ? Level.VAGUE : Level.VAGUE_SHORT;
            case 3 -> shorter >= MIN_LONG_LENGTH ? Level.FAINT : null;
            default -> null;
        };
    }

    private static boolean areOfOneKind(String a, String b) {
        return a.length() == b.length() && hasLetters(a) == hasLetters(b);
    }

    private static boolean hasLetters(String document) {
        return document.chars().anyMatch(Character::isLetter);
    }

    /**
     * Returns whether this is a CPF or CNPJ by its length, with two valid check digits. Each check digit is 11 minus
     * the weighted sum of the characters before it modulo 11, and 0 if that is over 9. The weights of a CPF increase
     * from 2 from right to left; those of a CNPJ repeat from 2 to 9, and its letters count as their ASCII code minus 48
     * (IN RFB 2.229/2024).
     */
    static boolean hasValidCheckDigits(String documentKey) {
        int length = documentKey.length();
        if (length != CPF_LENGTH && length != CNPJ_LENGTH) {
            return false;
        }
        int maxWeight = length == CPF_LENGTH ? CPF_LENGTH : CNPJ_MAX_WEIGHT;
        return isCheckDigitValid(documentKey, length - 2, maxWeight)
                && isCheckDigitValid(documentKey, length - 1, maxWeight);
    }

    private static boolean isCheckDigitValid(String document, int position, int maxWeight) {
        int sum = 0;
        int weight = 2;
        for (int i = position - 1; i >= 0; i--) {
            sum += (document.charAt(i) - '0') * weight;
            weight = weight == maxWeight ? 2 : weight + 1;
        }
        int digit = 11 - sum % 11;
        return document.charAt(position) - '0' == (digit > 9 ? 0 : digit);
    }
}
