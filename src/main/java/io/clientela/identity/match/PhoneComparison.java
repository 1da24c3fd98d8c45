package io.clientela.identity.match;

/** Compares two phone numbers. */
final class PhoneComparison {
    /**
     * Three of four records of a person have the same number, the others a second or a new one. A third of the pairs of
     * a household share a number, and a quarter of colleagues give the switchboard's. Few of the 10⁸ numbers of a
     * region are equal by chance, but eighty times as many differ in one digit, and numbers of a house or an office are
     * often consecutive.
     */
    enum Level {
        SAME(0.75, 0.3, 0.2, 2e-7, "same_phone"),
        /** One with an extension and one without. */
        SAME_BUT_EXTENSION(0.4, 0.1, 0.4, 2e-7, "same_phone"),
        /** Two extensions of one switchboard. */
        OTHER_EXTENSION(0.03, 0.005, 0.5, 1e-6, null),
        /** The same local number with another area or country code, which was left out or guessed in one record. */
        SAME_LOCAL(0.04, 0.01, 0.01, 2e-6, "similar_phone"),
        /** One typing error. */
        CLOSE(0.06, 0.025, 0.06, 2e-5, "similar_phone"),
        /** Two typing errors. */
        VAGUE(0.02, 0.01, 0.04, 1e-4, "similar_phone"),
        /** Three typing errors. */
        FAINT(0.01, 0.005, 0.03, 1e-3, null),
        DIFFERENT(0.15, 0.65, 0.4, 1, null);

        private final Evidence evidence;

        Level(double same, double household, double colleagues, double strangers, String reason) {
            evidence = new Evidence(same, household, colleagues, strangers, reason);
        }
    }

    private static final String EXTENSION = ";ext=";
    private static final int LOCAL_DIGITS = 8;
    private static final int MIN_DIGITS = 8;
    private static final int MIN_LONG_DIGITS = 11;

    private PhoneComparison() {}

    static Evidence compare(String a, String b) {
        if (a == null || b == null) {
            return Evidence.NONE;
        }
        return level(a, b).evidence;
    }

    private static Level level(String a, String b) {
        var numberA = number(a);
        var numberB = number(b);
        if (numberA.equals(numberB)) {
            boolean extensionA = a.length() > numberA.length();
            boolean extensionB = b.length() > numberB.length();
            if (extensionA && extensionB && !a.equals(b)) {
                return Level.OTHER_EXTENSION;
            }
            return extensionA == extensionB ? Level.SAME : Level.SAME_BUT_EXTENSION;
        }
        int shorter = Math.min(numberA.length(), numberB.length());
        if (shorter > LOCAL_DIGITS && local(numberA).equals(local(numberB))) {
            return Level.SAME_LOCAL;
        }
        return switch (shorter < MIN_DIGITS ? Spelling.FAR : Spelling.distance(numberA, numberB, 3)) {
            case 1 -> Level.CLOSE;
            case 2 -> shorter >= MIN_LONG_DIGITS ? Level.VAGUE : Level.DIFFERENT;
            case 3 -> shorter >= MIN_LONG_DIGITS ? Level.FAINT : Level.DIFFERENT;
            default -> Level.DIFFERENT;
        };
    }

    /** Returns a phone number without its extension. */
    static String number(String phoneKey) {
        int end = phoneKey.indexOf(EXTENSION);
        return end < 0 ? phoneKey : phoneKey.substring(0, end);
    }

    /** Returns the digits dialled within an area. */
    static String local(String number) {
        return number.substring(Math.max(0, number.length() - LOCAL_DIGITS));
    }

    /** Returns whether a number is a placeholder, typed to pass a required field of a form. */
    static boolean isPlaceholder(String phoneKey) {
        if (phoneKey == null) {
            return false;
        }
        var local = local(number(phoneKey));
        return local.chars().distinct().count() <= 1 || local.equals("12345678") || local.equals("23456789");
    }
}
