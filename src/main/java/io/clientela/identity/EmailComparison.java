package io.clientela.identity;

import java.util.List;

/** Compares two e-mail addresses, in the light of their owners' names. */
final class EmailComparison {
    private static final int SHORTEST_WORD = 3;
    private static final int SHORTEST_LOCAL = 4;
    private static final int LONG_LOCAL = 8;

    private EmailComparison() {}

    static Evidence compare(Profile a, Profile b, boolean companies) {
        if (a.mailbox == null || b.mailbox == null) {
            return Evidence.NONE;
        }
        if (companies && a.mailbox.equals(b.mailbox)) {
            return EmailLevel.SAME_OF_COMPANIES.evidence();
        }
        // Where one has more words of the name in it than the other, the difference is an error in such a word.
        long words = wordsIn(a.mailbox, a.name.words());
        boolean ofName = words > 0 && words == wordsIn(b.mailbox, b.name.words());
        return level(a.mailbox, b.mailbox, ofName).evidence();
    }

    private static EmailLevel level(Mailbox a, Mailbox b, boolean ofName) {
        if (a.equals(b)) {
            return a.isShared() ? EmailLevel.SAME_SHARED : EmailLevel.SAME;
        }
        boolean shared = a.isShared() && b.isShared();
        boolean sameDomain = a.domain().equals(b.domain());
        int domainErrors = Spelling.distance(a.domain(), b.domain(), 2);
        if (!shared && a.local().equals(b.local()) && a.local().length() >= SHORTEST_LOCAL) {
            if (domainErrors <= 2) {
                return EmailLevel.CLOSE;
            }
            return ofName ? EmailLevel.SAME_LOCAL_OF_NAME : EmailLevel.SAME_LOCAL;
        }
        if (!shared && domainErrors <= 2) {
            var level = localLevel(a.local(), b.local(), ofName);
            if (level != null) {
                return level;
            }
        }
        return sameDomain && a.isOfCompany() ? EmailLevel.SAME_COMPANY : EmailLevel.DIFFERENT;
    }

    /** @return null where they are simply different */
    private static EmailLevel localLevel(String a, String b, boolean ofName) {
        if (Math.min(a.length(), b.length()) < SHORTEST_LOCAL) {
            return null;
        }
        var lettersA = letters(a);
        if (!lettersA.isEmpty() && lettersA.equals(letters(b))) {
            return ofName ? EmailLevel.OTHER_NUMBER_OF_NAME : EmailLevel.OTHER_NUMBER;
        }
        int errors = Spelling.distance(a, b, 3);
        if (errors == 1) {
            return ofName ? EmailLevel.CLOSE_OF_NAME : EmailLevel.CLOSE;
        }
        if (errors <= 3 && Math.min(a.length(), b.length()) >= LONG_LOCAL) {
            return ofName ? EmailLevel.VAGUE_OF_NAME : EmailLevel.VAGUE;
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
                        word.length() >= SHORTEST_WORD && mailbox.local().contains(word))
                .count();
    }
}
