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
        var givenSimilarity = compareGiven();
        var familySimilarity = compareFamily();
        compareFurtherWords();
        if (givenSimilarity == WordSimilarity.EQUAL) {
            compareGeneration();
        }
        return bounded().because(reason(givenSimilarity, familySimilarity));
    }

    private Evidence onlyWord() {
        var similarity = WordSimilarity.of(left.words().get(0), right.words().get(0));
        add(NameLevel.only(similarity));
        return evidence.because(reason(similarity, null));
    }

    /** @return how alike the given names are, or null where one is not known */
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
        // Who is Ana Maria Silva in one place may be Maria Silva in another, but so may her sister.
        boolean isInside = pairs.coverShorter()
                && words < (leftIsInside ? right : left).words().size();
        return addGiven(isInside ? WordSimilarity.VAGUE : WordSimilarity.DIFFERENT, WordFrequency.RARE);
    }

    private WordSimilarity addGiven(WordSimilarity similarity, WordFrequency frequency) {
        add(NameLevel.given(similarity, frequency));
        return similarity;
    }

    /** @return how alike the surnames are, or null where one is not known */
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

    /** Of several surnames any may be left out, so the last of one may be in the middle of the other. */
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
