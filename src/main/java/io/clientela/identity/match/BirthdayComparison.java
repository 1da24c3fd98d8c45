package io.clientela.identity.match;

import java.time.LocalDate;

/** Compares two birthdays. */
final class BirthdayComparison {
    /**
     * Birthdays of customers spread over some 60 years, 20,000 days. About one record in fifteen has a typing error in
     * its birthday. Three in a thousand pairs of one household are twins: one birth in sixty is of twins, and both must
     * be customers and live together.
     */
    enum Level {
        SAME(0.875, 0.003, 7e-5, 7e-5, "same_birthday"),
        /** The first of January is as often a placeholder for an unknown day as a real birthday. */
        SAME_NEW_YEAR(0.875, 0.01, 2e-3, 2e-3, "same_birthday"),
        /** Day and month are swapped. */
        SWAPPED(0.015, 5e-5, 3e-5, 3e-5, "similar_birthday"),
        /** One digit is wrong, or two adjacent digits are swapped. */
        CLOSE(0.05, 2e-3, 1.5e-3, 1.5e-3, "similar_birthday"),
        /** Two of day, month and year are equal: by chance day and month one in 365, the other two one in 500. */
        VAGUE(0.02, 0.005, 0.005, 0.005, "similar_birthday"),
        DIFFERENT(0.04, 0.98, 0.99, 0.99, null);

        private final Evidence evidence;

        Level(double same, double household, double colleagues, double strangers, String reason) {
            evidence = new Evidence(same, household, colleagues, strangers, reason);
        }
    }

    private BirthdayComparison() {}

    static Evidence compare(LocalDate a, LocalDate b) {
        return a == null || b == null ? Evidence.NONE : level(a, b).evidence;
    }

    private static Level level(LocalDate a, LocalDate b) {
        if (a.equals(b)) {
            return a.getDayOfYear() == 1 ? Level.SAME_NEW_YEAR : Level.SAME;
        }
        if (areDayAndMonthSwapped(a, b)) {
            return Level.SWAPPED;
        }
        if (Spelling.distance(a.toString(), b.toString(), 1) == 1) {
            return Level.CLOSE;
        }
        int equalParts = (a.getYear() == b.getYear() ? 1 : 0)
                + (a.getMonth() == b.getMonth() ? 1 : 0)
                + (a.getDayOfMonth() == b.getDayOfMonth() ? 1 : 0);
        return equalParts == 2 ? Level.VAGUE : Level.DIFFERENT;
    }

    private static boolean areDayAndMonthSwapped(LocalDate a, LocalDate b) {
        return a.getYear() == b.getYear()
                && a.getMonthValue() == b.getDayOfMonth()
                && a.getDayOfMonth() == b.getMonthValue();
    }
}
