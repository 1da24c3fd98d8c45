package io.clientela.identity.match;

import io.clientela.identity.match.WordPairs.Pair;
import java.util.Comparator;

/** Compares the names of two people: the given name, the surname, and further words. */
final class NameComparison {
    // Full names repeat among strangers more often than the frequencies of their words suggest, because names depend
    // on region, time and family. This bound keeps a name alone from making a duplicate.
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
        // A fixed order, so that ties are broken the same way.
        boolean ordered = a.joined().compareTo(b.joined()) <= 0;
        return (ordered ? new NameComparison(a, b) : new NameComparison(b, a)).compare();
    }

    private Evidence compare() {
        if (left.joined().equals(right.joined())
                && left.words().size() != right.words().size()) {
            add(NameLevel.GIVEN_EQUAL_RARE);
            add(NameLevel.FAMILY_EQUAL_RARE);
            return bounded().withReason("same_name");
        }
        if (left.words().size() == 1 && right.words().size() == 1) {
            return onlyWord();
        }
        var givenSimilarity = compareGiven();
        var familySimilarity = compareFamily();
        compareFurtherWords();
        if (givenSimilarity == WordSimilarity.EQUAL) {
            compareGeneration();
        }
        return bounded().withReason(reason(givenSimilarity, familySimilarity));
    }

    private Evidence onlyWord() {
        var similarity = WordSimilarity.of(left.words().get(0), right.words().get(0));
        add(NameLevel.only(similarity));
        return evidence.withReason(reason(similarity, null));
    }

    /** Returns the similarity of the given names, or null if one is unknown. */
    private WordSimilarity compareGiven() {
        var first = pairs.ofLeft(0);
        var second = pairs.ofRight(0);
        if (first != null && second != null) {
            given = first;
            family = first.equals(second) ? null : second;
            return addGiven(first.similarity(), first.frequency());
        }
        if (first == null && second == null) {
            return addGiven(WordSimilarity.DIFFERENT, WordFrequency.RARE);
        }
        boolean leftIsInside = first != null;
        int words = (leftIsInside ? left : right).words().size();
        if (words == 1) {
            return null;
        }
        // Ana Maria Silva may also be recorded as Maria Silva, but so may her sister.
        boolean isInside = pairs.coverShorter()
                && words < (leftIsInside ? right : left).words().size();
        return addGiven(isInside ? WordSimilarity.VAGUE : WordSimilarity.DIFFERENT, WordFrequency.RARE);
    }

    private WordSimilarity addGiven(WordSimilarity similarity, WordFrequency frequency) {
        add(NameLevel.given(similarity, frequency));
        return similarity;
    }

    /** Returns the similarity of the surnames, or null if one is unknown. */
    private WordSimilarity compareFamily() {
        if (family == null) {
            family = pairOfLastWords();
        }
        if (family != null) {
            add(NameLevel.family(family.similarity(), family.frequency()));
            return family.similarity();
        }
        if (left.words().size() == 1 || right.words().size() == 1) {
            return null;
        }
        add(NameLevel.family(WordSimilarity.DIFFERENT, WordFrequency.RARE));
        return WordSimilarity.DIFFERENT;
    }

    /** Any of several surnames may be left out, so the last word of one name may be in the middle of the other. */
    private Pair pairOfLastWords() {
        int lastLeft = left.words().size() - 1;
        int lastRight = right.words().size() - 1;
        return pairs.pairs().stream()
                .filter(pair -> pair != given && (pair.left() == lastLeft || pair.right() == lastRight))
                .min(Comparator.comparing(Pair::similarity).thenComparing(Pair::frequency))
                .orElse(null);
    }

    private void compareFurtherWords() {
        for (var pair : pairs.pairs()) {
            if (pair != given && pair != family && pair.similarity() == WordSimilarity.EQUAL) {
                add(NameLevel.FURTHER_WORD_EQUAL);
            }
        }
        if (family != null && pairs.bothHaveUnpairedWords()) {
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

    private String reason(WordSimilarity givenSimilarity, WordSimilarity familySimilarity) {
        if (givenSimilarity == WordSimilarity.DIFFERENT
                || familySimilarity == WordSimilarity.DIFFERENT
                || evidence.same() <= evidence.strangers()) {
            return null;
        }
        boolean allEqual = left.words().size() == right.words().size()
                && pairs.pairs().size() == left.words().size()
                && pairs.pairs().stream().allMatch(pair -> pair.similarity() == WordSimilarity.EQUAL);
        return allEqual ? "same_name" : "similar_name";
    }
}
