package io.clientela.identity.match;

/**
 * What the comparison of one field found, and how probable that is by what two records are to each other. In Fellegi
 * and Sunter's terms (“A Theory for Record Linkage”, JASA 64, 1969) {@code same} is m, and the three others are u, told
 * apart because fields depend on each other there: people of one household share surname, phone and address all at
 * once, and to take these for three coincidences would make them one person. Within each of the four, fields count as
 * independent. Larsen and Rubin (“Iterative Automated Record Linkage Using Mixture Models”, JASA 96, 2001) fit such
 * mixtures to data; here the numbers are set by hand.
 *
 * @param same one person, or one company, twice
 * @param household two people of one family or home
 * @param colleagues two people of one employer, or two branches of one company
 * @param strangers anybody else
 * @param reason the word for it, if it speaks for one person; else null
 */
record Evidence(double same, double household, double colleagues, double strangers, String reason) {
    /** What is missing on either side says nothing. */
    static final Evidence NONE = new Evidence(1, 1, 1, 1, null);

    /** Both, if they are independent; the reason is lost. */
    Evidence and(Evidence other) {
        return new Evidence(
                same * other.same,
                household * other.household,
                colleagues * other.colleagues,
                strangers * other.strangers,
                null);
    }

    /** This for another reason. */
    Evidence because(String word) {
        return new Evidence(same, household, colleagues, strangers, word);
    }

    /** This, but no less probable of strangers than given. */
    Evidence withStrangersAtLeast(double floor) {
        return new Evidence(same, household, colleagues, Math.max(strangers, floor), reason);
    }

    /** The share of {@code same} in all four: the posterior, if this is the product of the priors and all evidence. */
    double posterior() {
        return same / (same + household + colleagues + strangers);
    }
}
