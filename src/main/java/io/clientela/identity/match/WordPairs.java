package io.clientela.identity.match;

import java.util.ArrayList;
import java.util.List;

/** Pairs the words of two names: the most similar words first, each word once, regardless of their order. */
final class WordPairs {
    /** @param frequency the frequency of the word in names, if the words are equal */
    record Pair(int left, int right, WordSimilarity similarity, WordFrequency frequency) {}

    /** A condition on the indexes of a left and a right word. */
    private interface IndexPredicate {
        boolean test(int left, int right);
    }

    private static final List<WordSimilarity> BEST_FIRST =
            List.of(WordSimilarity.CLOSE, WordSimilarity.INITIAL, WordSimilarity.VAGUE);

    private final List<String> left;
    private final List<String> right;
    private final boolean[] leftPaired;
    private final boolean[] rightPaired;
    private final List<Pair> pairs = new ArrayList<>();

    private WordPairs(List<String> left, List<String> right) {
        this.left = left;
        this.right = right;
        this.leftPaired = new boolean[left.size()];
        this.rightPaired = new boolean[right.size()];
    }

    static WordPairs of(List<String> left, List<String> right) {
        var pairs = new WordPairs(left, right);
        pairs.pairWords();
        return pairs;
    }

    private void pairWords() {
        // Equal words first: they are cheap to find, and most words in two names of one person are equal.
        pairAll((i, j) -> left.get(i).equals(right.get(j)), WordSimilarity.EQUAL);
        var similarity = new WordSimilarity[left.size()][right.size()];
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < right.size(); j++) {
                if (!leftPaired[i] && !rightPaired[j]) {
                    similarity[i][j] = WordSimilarity.of(left.get(i), right.get(j));
                }
            }
        }
        for (var level : BEST_FIRST) {
            pairAll((i, j) -> similarity[i][j] == level, level);
        }
    }

    private void pairAll(IndexPredicate condition, WordSimilarity level) {
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < right.size() && !leftPaired[i]; j++) {
                if (!rightPaired[j] && condition.test(i, j)) {
                    pair(i, j, level);
                }
            }
        }
    }

    private void pair(int i, int j, WordSimilarity similarity) {
        leftPaired[i] = true;
        rightPaired[j] = true;
        var frequency = similarity == WordSimilarity.EQUAL ? WordFrequency.of(left.get(i)) : WordFrequency.RARE;
        pairs.add(new Pair(i, j, similarity, frequency));
    }

    List<Pair> pairs() {
        return pairs;
    }

    /** Returns the pair of a word of the left name, or null. */
    Pair ofLeft(int i) {
        return pairs.stream().filter(pair -> pair.left == i).findFirst().orElse(null);
    }

    /** Returns the pair of a word of the right name, or null. */
    Pair ofRight(int j) {
        return pairs.stream().filter(pair -> pair.right == j).findFirst().orElse(null);
    }

    /** Returns whether both names have unpaired words after the first. */
    boolean bothHaveUnpairedWords() {
        return hasUnpaired(leftPaired) && hasUnpaired(rightPaired);
    }

    private static boolean hasUnpaired(boolean[] paired) {
        for (int i = 1; i < paired.length; i++) {
            if (!paired[i]) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether every word of the shorter name is paired. */
    boolean coverShorter() {
        return pairs.size() == Math.min(left.size(), right.size());
    }
}
