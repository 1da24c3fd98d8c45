package io.clientela.identity;

/**
 * How two e-mail addresses compare. A mailbox belongs to one person, and four of five records of that person name it;
 * 6% of couples and families share one. Typing errors hit about one address in fifteen. Colleagues share what is behind
 * the @ and differ before it.
 *
 * <p>Strangers who share a name make addresses of it that are alike. So where each address has a word of its owner's
 * name in it, likeness says much less than where it has not: the levels {@code …_OF_NAME}.
 */
enum EmailLevel {
    SAME(0.82, 0.06, 0.02, 2e-7, "same_email"),
    /** The same mailbox of an office. */
    SAME_SHARED(0.5, 0.1, 0.6, 1e-6, "same_email"),
    /** The same mailbox of two companies: that of an office is theirs, but maybe also their branch's. */
    SAME_OF_COMPANIES(0.82, 0.06, 0.35, 2e-7, "same_email"),
    /** One typing error before the @, or a few behind it. */
    CLOSE(0.06, 0.004, 0.004, 5e-6, "similar_email"),
    CLOSE_OF_NAME(0.06, 0.01, 0.01, 1e-3, "similar_email"),
    /** The same but for digits and punctuation: how providers make room for people of one name. */
    OTHER_NUMBER(0.03, 0.01, 0.01, 2e-4, "similar_email"),
    OTHER_NUMBER_OF_NAME(0.03, 0.03, 0.01, 0.02, "similar_email"),
    /** The same at another provider. */
    SAME_LOCAL(0.05, 0.001, 0.001, 1e-5, "similar_email"),
    SAME_LOCAL_OF_NAME(0.05, 0.02, 0.002, 0.01, "similar_email"),
    /** Two or three typing errors. */
    VAGUE(0.02, 0.004, 0.01, 2e-5, "similar_email"),
    VAGUE_OF_NAME(0.02, 0.01, 0.02, 4e-3, "similar_email"),
    SAME_COMPANY(0.05, 0.02, 0.6, 2e-4, null),
    DIFFERENT(0.12, 0.9, 0.36, 1, null);

    private final Evidence evidence;

    EmailLevel(double same, double household, double colleagues, double strangers, String reason) {
        evidence = new Evidence(new Likelihood(same, household, colleagues, strangers), reason);
    }

    Evidence evidence() {
        return evidence;
    }
}
