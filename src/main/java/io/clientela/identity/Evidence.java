package io.clientela.identity;

/**
 * What the comparison of one field found.
 *
 * @param reason the word for it, if it speaks for one person; else null
 */
record Evidence(Likelihood likelihood, String reason) {
    static final Evidence NONE = new Evidence(Likelihood.NO_EVIDENCE, null);

    static Evidence of(Likelihood likelihood) {
        return new Evidence(likelihood, null);
    }
}
