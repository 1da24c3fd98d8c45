package io.clientela.identity.match;

import java.util.List;

/** Compares two e-mail addresses, with regard to their owners' names. */
final class EmailComparison {
    /**
     * How two e-mail addresses compare. A mailbox belongs to one person, and four of five records of that person have
     * it; 6% of couples and families share one. About one address in fifteen has a typing error. Colleagues share the
     * domain and differ in the local part.
     *
     * <p>Strangers with the same name have similar addresses. So if each address contains a word of its owner's name,
     * similarity is much weaker evidence: the levels {@code …_OF_NAME}.
     */
    enum Level {
        SAME(0.82, 0.06, 0.02, 2e-7, "same_email"),
        /** The same shared mailbox. */
        SAME_SHARED(0.5, 0.1, 0.6, 1e-6, "same_email"),
        /** The same mailbox of two companies: the company's own, but sometimes also its branch's. */
        SAME_OF_COMPANIES(0.82, 0.06, 0.35, 2e-7, "same_email"),
        /** One typing error in the local part, or a few in the domain. */
        CLOSE(0.06, 0.004, 0.004, 5e-6, "similar_email"),
        CLOSE_OF_NAME(0.06, 0.01, 0.01, 1e-3, "similar_email"),
        /** The same except for digits and punctuation, which distinguish people with the same name. */
        OTHER_NUMBER(0.03, 0.01, 0.01, 2e-4, "similar_email"),
        OTHER_NUMBER_OF_NAME(0.03, 0.03, 0.01, 0.02, "similar_email"),
        /** The same local part at another provider. */
        SAME_LOCAL(0.05, 0.001, 0.001, 1e-5, "similar_email"),
        SAME_LOCAL_OF_NAME(0.05, 0.02, 0.002, 0.01, "similar_email"),
        /** Two or three typing errors. */
        VAGUE(0.02, 0.004, 0.01, 2e-5, "similar_email"),
        VAGUE_OF_NAME(0.02, 0.01, 0.02, 4e-3, "similar_email"),
        SAME_COMPANY(0.05, 0.02, 0.6, 2e-4, null),
        DIFFERENT(0.12, 0.9, 0.36, 1, null);

        private final Evidence evidence;

        Level(double same, double household, double colleagues, double strangers, String reason) {
            evidence = new Evidence(same, household, colleagues, strangers, reason);
        }
    }

    private static final int MIN_WORD_LENGTH = 3;
    private static final int MIN_LOCAL_LENGTH = 4;
    private static final int MIN_LONG_LOCAL_LENGTH = 8;

    private EmailComparison() {}

    static Evidence compare(Profile a, Profile b, boolean companies) {
        if (a.mailbox == null || b.mailbox == null) {
            return Evidence.NONE;
        }
        if (companies && a.mailbox.equals(b.mailbox)) {
            return Level.SAME_OF_COMPANIES.evidence;
        }
        // If one address contains more words of the name than the other, one of these words has a typing error.
        long words = wordsIn(a.mailbox, a.name.words());
        boolean ofName = words > 0 && words == wordsIn(b.mailbox, b.name.words());
        return level(a.mailbox, b.mailbox, ofName).evidence;
    }

    private static Level level(Mailbox a, Mailbox b, boolean ofName) {
        if (a.equals(b)) {
            return a.isShared() ? Level.SAME_SHARED : Level.SAME;
        }
        boolean shared = a.isShared() && b.isShared();
        boolean sameDomain = a.domain().equals(b.domain());
        int domainErrors = Spelling.distance(a.domain(), b.domain(), 2);
        if (!shared && a.local().equals(b.local()) && a.local().length() >= MIN_LOCAL_LENGTH) {
            if (domainErrors <= 2) {
                return Level.CLOSE;
            }
            return ofName ? Level.SAME_LOCAL_OF_NAME : Level.SAME_LOCAL;
        }
        if (!shared && domainErrors <= 2) {
            var level = localLevel(a.local(), b.local(), ofName);
            if (level != null) {
                return level;
            }
        }
        return sameDomain && a.isOfCompany() ? Level.SAME_COMPANY : Level.DIFFERENT;
    }

    /** Returns null if the local parts are not similar. */
    private static Level localLevel(String a, String b, boolean ofName) {
        if (Math.min(a.length(), b.length()) < MIN_LOCAL_LENGTH) {
            return null;
        }
        var lettersA = letters(a);
        if (!lettersA.isEmpty() && lettersA.equals(letters(b))) {
            return ofName ? Level.OTHER_NUMBER_OF_NAME : Level.OTHER_NUMBER;
        }
        int errors = Spelling.distance(a, b, 3);
        if (errors == 1) {
            return ofName ? Level.CLOSE_OF_NAME : Level.CLOSE;
        }
        if (errors <= 3 && Math.min(a.length(), b.length()) >= MIN_LONG_LOCAL_LENGTH) {
            return ofName ? Level.VAGUE_OF_NAME : Level.VAGUE;
        }
        return null;
    }

    private static String letters(String text) {
        var letters = new StringBuilder(text.length());
        text.chars().filter(Character::isLetter).forEach(c -> letters.append((char) c));
        return letters.toString();
    }

    private static long wordsIn(Mailbox mailbox, List<String> names) {
        return names.stream()
                .distinct()
                .filter(word ->
                        word.length() >= MIN_WORD_LENGTH && mailbox.local().contains(word))
                .count();
    }
}
