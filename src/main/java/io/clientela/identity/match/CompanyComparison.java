package io.clientela.identity.match;

/** Compares the names of two companies, or the employers of two people. */
final class CompanyComparison {
    /** How two employers compare. Colleagues share an employer by definition; people change employers now and then. */
    enum Employer {
        SAME(0.75, 0.05, 0.9, 3e-3, "same_company"),
        SIMILAR(0.1, 0.01, 0.07, 3e-3, "similar_company"),
        DIFFERENT(0.15, 0.94, 0.03, 0.994, null);

        private final Evidence evidence;

        Employer(double same, double household, double colleagues, double strangers, String reason) {
            evidence = new Evidence(same, household, colleagues, strangers, reason);
        }
    }

    /** How two company names compare. Branches have similar names, and so do some strangers (“Padaria Central”). */
    enum Named {
        SAME(0.75, 0.1, 0.6, 5e-6, "same_name"),
        SIMILAR(0.15, 0.1, 0.05, 3e-5, "similar_name"),
        /** Similar except for “filial”, or a number. */
        BRANCH(0.04, 0.1, 0.3, 1e-5, null),
        DIFFERENT(0.06, 0.8, 0.05, 1, null);

        private final Evidence evidence;

        Named(double same, double household, double colleagues, double strangers, String reason) {
            evidence = new Evidence(same, household, colleagues, strangers, reason);
        }
    }

    private static final double MIN_SIMILAR = 0.92;
    private static final int MIN_LONG_LENGTH = 8;

    private CompanyComparison() {}

    static Evidence employers(CompanyName a, CompanyName b) {
        if (a == null || b == null) {
            return Evidence.NONE;
        }
        if (a.equals(b)) {
            return Employer.SAME.evidence;
        }
        return (areSimilar(a, b) ? Employer.SIMILAR : Employer.DIFFERENT).evidence;
    }

    static Evidence names(CompanyName a, CompanyName b) {
        if (a == null || b == null) {
            return Evidence.NONE;
        }
        if (a.equals(b)) {
            return Named.SAME.evidence;
        }
        if (!areSimilar(a, b)) {
            return Named.DIFFERENT.evidence;
        }
        return (a.branch().equals(b.branch()) ? Named.SIMILAR : Named.BRANCH).evidence;
    }

    private static boolean areSimilar(CompanyName a, CompanyName b) {
        int shorter = Math.min(a.joined().length(), b.joined().length());
        return Spelling.similarity(a.joined(), b.joined()) >= MIN_SIMILAR
                || (shorter >= MIN_LONG_LENGTH && Spelling.distance(a.joined(), b.joined(), 2) <= 2);
    }
}
