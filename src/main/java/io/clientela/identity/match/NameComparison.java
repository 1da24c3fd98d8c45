package io.clientela.identity.match;

import io.clientela.identity.match.WordPairs.Pair;
import java.util.Comparator;

/** Compares the names of two people: the given name, the surname, and what further words they have. */
final class NameComparison {
    // Full names repeat among strangers more than their words' frequencies say, because names go by region, time and
    // family. So no name alone weighs more than this, whatever its words, and none alone makes a duplicate.
    private static final double STRANGERS_OF_ONE_NAME = 5e-6;

    private final PersonName left;
    private final PersonName right;
    private final WordPairs pairs;
    private Pair given;
    private Pair family;
    private Evidence evidence = Evidence.NONE;

    private NameComparison(PersonName left, PersonName right) {
        this.left = left;
        this.right = right;
        this.pairs = WordPairs.of(left.words(), right.words());
    }

    static Evidence compare(PersonName a, PersonName b) {
        if (a.words().isEmpty() || b.words().isEmpty()) {
            return Evidence.NONE;
        }
        // One order for both, so that ties are broken alike.
        boolean ordered = a.joined().compareTo(b.joined()) <= 0;
        return (ordered ? new NameComparison(a, b) : new NameComparison(b, a)).compare();
    }

    private Evidence compare() {
        if (left.joined().equals(right.joined())
                && left.words().size() != right.words().size()) {
            add(NameLevel.GIVEN_EQUAL_RARE);
            add(NameLevel.FAMILY_EQUAL_RARE);
            return bounded().because("same_name");
        }
        if (left.words().size() == 1 && right.words().size() == 1) {
            return onlyWord();
        }
        var givenLikeness = compareGiven();
        var familyLikeness = compareFamily();
        compareFurtherWords();
        if (givenLikeness == WordLikeness.EQUAL) {
            compareGeneration();
        }
        return bounded().because(reason(givenLikeness, familyLikeness));
    }

    private Evidence onlyWord() {
        var likeness = WordLikeness.of(left.words().get(0), right.words().get(0));
        add(NameLevel.only(likeness));
        return evidence.because(reason(likeness, null));
    }

    /** @return how alike the given names are, or null where one is not known */
    private WordLikeness compareGiven() {
        var first = pairs.ofLeft(0);
        var second = pairs.ofRight(0);
        if (first != null && second != null) {
            given = first;
            family = first.equals(second) ? null : second;
            return addGiven(first.likeness(), first.frequency());
        }
        if (first == null && second == null) {
            return addGiven(WordLikeness.DIFFERENT, WordFrequency.RARE);
        }
        boolean leftIsInside = first != null;
        int words = (leftIsInside ? left : right).words().size();
        if (words == 1) {
            return null;
        }
        // Who is Ana Maria Silva in one place may be Maria Silva in another, but so may her sister.
        boolean isInside = pairs.coverShorter()
                && words < (leftIsInside ? right : left).words().size();
        return addGiven(isInside ? WordLikeness.VAGUE : WordLikeness.DIFFERENT, WordFrequency.RARE);
    }

    private WordLikeness addGiven(WordLikeness likeness, WordFrequency frequency) {
        add(NameLevel.given(likeness, frequency));
        return likeness;
    }

    /** @return how alike the surnames are, or null where one is not known */
    private WordLikeness compareFamily() {
        if (family == null) {
            family = pairOfLastWords();
        }
        if (family != null) {
            add(NameLevel.family(family.likeness(), family.frequency()));
            return family.likeness();
        }
        if (left.words().size() == 1 || right.words().size() == 1) {
            return null;
        }
        add(NameLevel.family(WordLikeness.DIFFERENT, WordFrequency.RARE));
        return WordLikeness.DIFFERENT;
    }

    /** Of several surnames any may be left out, so the last of one may be in the middle of the other. */
    private Pair pairOfLastWords() {
        int lastLeft = left.words().size() - 1;
        int lastRight = right.words().size() - 1;
        return pairs.pairs().stream()
                .filter(pair -> pair != given && (pair.left() == lastLeft || pair.right() == lastRight))
                .min(Comparator.comparing(Pair::likeness).thenComparing(Pair::frequency))
                .orElse(null);
    }

    private void compareFurtherWords() {
        for (var pair : pairs.pairs()) {
            if (pair != given && pair != family && pair.likeness() == WordLikeness.EQUAL) {
                add(NameLevel.FURTHER_WORD_EQUAL);
            }
        }
        if (family != null && pairs.bothHaveOthers()) {
            add(NameLevel.FURTHER_WORDS_DIFFERENT);
        } else if (family != null && left.words().size() != right.words().size()) {
            add(NameLevel.WORDS_LEFT_OUT);
        }
    }

    private void compareGeneration() {
        var one = left.generation();
        var other = right.generation();
        if (one == null ? other != null : other == null) {
            add(NameLevel.GENERATION_ON_ONE_SIDE);
        } else if (one != null && !one.equals(other)) {
            add(NameLevel.GENERATION_DIFFERENT);
        }
    }

    private void add(NameLevel level) {
        evidence = evidence.and(level.evidence());
    }

    private Evidence bounded() {
        return evidence.withStrangersAtLeast(STRANGERS_OF_ONE_NAME);
    }

    private String reason(WordLikeness givenLikeness, WordLikeness familyLikeness) {
        if (givenLikeness == WordLikeness.DIFFERENT
                || familyLikeness == WordLikeness.DIFFERENT
                || evidence.same() <= evidence.strangers()) {
            return null;
        }
        boolean allEqual = left.words().size() == right.words().size()
                && pairs.pairs().size() == left.words().size()
                && pairs.pairs().stream().allMatch(pair -> pair.likeness() == WordLikeness.EQUAL);
        return allEqual ? "same_name" : "similar_name";
    }
}
