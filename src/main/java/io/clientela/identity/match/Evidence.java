package io.clientela.identity.match;

/**
 * The probability of a field's comparison result for each relation between two records. In Fellegi and Sunter's terms
 * (“A Theory for Record Linkage”, JASA 64, 1969) {@code same} is m, and the other three are u. They are separate
 * because fields depend on each other: people of one household share surname, phone and address together, and to count
 * these as three coincidences would make them one person. Within each relation, fields count as independent. Larsen and
 * Rubin (“Iterative Automated Record Linkage Using Mixture Models”, JASA 96, 2001) fit such mixtures to data; here the
 * numbers are set by hand.
 *
 * @param same the two records are one person or one company
 * @param household two people of one family or home
 * @param colleagues two people of one employer, or two branches of one company
 * @param strangers all other pairs
 * @param reason the reason to report if this supports one person; else null
 */
record Evidence(double same, double household, double colleagues, double strangers, String reason) {
    /** The evidence of a field that is missing in either record. */
    static final Evidence NONE = new Evidence(1, 1, 1, 1, null);

    /** Returns the product with independent evidence, without a reason. */
    Evidence and(Evidence other) {
        return new Evidence(
                same * other.same,
                household * other.household,
                colleagues * other.colleagues,
                strangers * other.strangers,
                null);
    }

    Evidence withReason(String newReason) {
        return new Evidence(same, household, colleagues, strangers, newReason);
    }

    /** Returns this with at least the given probability for strangers. */
    Evidence withStrangersAtLeast(double floor) {
        return new Evidence(same, household, colleagues, Math.max(strangers, floor), reason);
    }

    /**
     * Returns the share of {@code same} in all four: the posterior, if this is the product of the prior and all
     * evidence.
     */
    double posterior() {
        return same / (same + household + colleagues + strangers);
    }
}
