package io.clientela.identity.match;

/**
 * How two people's names compare, word by word. About 4 in 5 records of one person have the same spelling of a word,
 * and about one in ten has a typing error in it; a surname changes a little more often than a given name (marriage).
 *
 * <p>The probability that strangers share a word is the frequency of the word (Winkler's value-specific weights). In
 * one household two in three pairs share a surname, but only one in two hundred a given name: fathers and sons. One in
 * twenty-five records of a person has another given name: a second one, a nickname, or a mistake.
 */
enum NameLevel {
    GIVEN_EQUAL_RARE(0.78, 0.005, 0.002, 0.002),
    GIVEN_EQUAL_COMMON(0.78, 0.005, 0.01, 0.01),
    GIVEN_EQUAL_VERY_COMMON(0.78, 0.005, 0.04, 0.04),
    GIVEN_CLOSE(0.12, 0.003, 0.002, 0.002),
    /** One is an initial, and the other begins with the same letter. */
    GIVEN_INITIAL(0.95, 0.08, 0.08, 0.08),
    GIVEN_VAGUE(0.03, 0.015, 0.01, 0.01),
    GIVEN_DIFFERENT(0.04, 0.95, 0.96, 0.96),

    FAMILY_EQUAL_RARE(0.78, 0.65, 0.001, 0.001),
    FAMILY_EQUAL_COMMON(0.78, 0.65, 0.01, 0.01),
    FAMILY_EQUAL_VERY_COMMON(0.78, 0.65, 0.04, 0.04),
    FAMILY_CLOSE(0.12, 0.11, 0.001, 0.001),
    FAMILY_INITIAL(0.95, 0.65, 0.08, 0.08),
    FAMILY_VAGUE(0.03, 0.02, 0.006, 0.006),
    FAMILY_DIFFERENT(0.06, 0.3, 0.97, 0.97),

    /** Both names have one word, which may be a given name or a surname. */
    ONLY_EQUAL(0.85, 0.15, 0.01, 0.01),
    ONLY_CLOSE(0.1, 0.02, 0.002, 0.002),
    ONLY_INITIAL(0.95, 0.3, 0.08, 0.08),
    ONLY_VAGUE(0.03, 0.02, 0.01, 0.01),
    ONLY_DIFFERENT(0.04, 0.8, 0.98, 0.98),

    /** Both have one more word. Families pass such words on, so strangers share it along with the surname. */
    FURTHER_WORD_EQUAL(0.8, 0.5, 0.05, 0.05),
    /** Both have a word that the other does not have; a middle name left out is not this level. */
    FURTHER_WORDS_DIFFERENT(0.08, 0.4, 0.9, 0.9),
    /** One name contains all words of the other: a middle name left out, or another person with the same surname. */
    WORDS_LEFT_OUT(0.2, 0.5, 0.5, 0.5),

    /** Only one is junior, filho…: the word distinguishes a son from his father, so it is rarely left out. */
    GENERATION_ON_ONE_SIDE(4e-4, 0.9, 0.05, 0.05),
    GENERATION_DIFFERENT(3e-4, 0.3, 0.003, 0.003);

    private final Evidence evidence;

    NameLevel(double same, double household, double colleagues, double strangers) {
        evidence = new Evidence(same, household, colleagues, strangers, null);
    }

    Evidence evidence() {
        return evidence;
    }

    static NameLevel given(WordSimilarity similarity, WordFrequency frequency) {
        return switch (similarity) {
            case EQUAL ->
                switch (frequency) {
                    case VERY_COMMON -> GIVEN_EQUAL_VERY_COMMON;
                    case COMMON -> GIVEN_EQUAL_COMMON;
                    case RARE -> GIVEN_EQUAL_RARE;
                };
            case CLOSE -> GIVEN_CLOSE;
            case INITIAL -> GIVEN_INITIAL;
            case VAGUE -> GIVEN_VAGUE;
            case DIFFERENT -> GIVEN_DIFFERENT;
        };
    }

    static NameLevel family(WordSimilarity similarity, WordFrequency frequency) {
        return switch (similarity) {
            case EQUAL ->
                switch (frequency) {
                    case VERY_COMMON -> FAMILY_EQUAL_VERY_COMMON;
                    case COMMON -> FAMILY_EQUAL_COMMON;
                    case RARE -> FAMILY_EQUAL_RARE;
                };
            case CLOSE -> FAMILY_CLOSE;
            case INITIAL -> FAMILY_INITIAL;
            case VAGUE -> FAMILY_VAGUE;
            case DIFFERENT -> FAMILY_DIFFERENT;
        };
    }

    static NameLevel only(WordSimilarity similarity) {
        return switch (similarity) {
            case EQUAL -> ONLY_EQUAL;
            case CLOSE -> ONLY_CLOSE;
            case INITIAL -> ONLY_INITIAL;
            case VAGUE -> ONLY_VAGUE;
            case DIFFERENT -> ONLY_DIFFERENT;
        };
    }
}
