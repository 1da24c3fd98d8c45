package io.clientela.identity.match;

import java.util.ArrayList;
import java.util.List;

/** Which word of one name stands for which of another: the most alike first, each word once, whatever their order. */
final class WordPairs {
    /** @param frequency of the word among people, if they are equal */
    record Pair(int left, int right, WordSimilarity similarity, WordFrequency frequency) {}

    /** Says of two places whether their words go together. */
    private interface Places {
        boolean test(int left, int right);
    }

    private static final List<WordSimilarity> BEST_FIRST =
            List.of(WordSimilarity.CLOSE, WordSimilarity.INITIAL, WordSimilarity.VAGUE);

    private final List<String> left;
    private final List<String> right;
    private final boolean[] leftTaken;
    private final boolean[] rightTaken;
    private final List<Pair> pairs = new ArrayList<>();

    private WordPairs(List<String> left, List<String> right) {
        this.left = left;
        this.right = right;
        this.leftTaken = new boolean[left.size()];
        this.rightTaken = new boolean[right.size()];
    }

    static WordPairs of(List<String> left, List<String> right) {
        var found = new WordPairs(left, right);
        found.pairUp();
        return found;
    }

    private void pairUp() {
        // Equal words first, and by themselves: of two names of one person that is most of them, and cheap.
        takeAll((i, j) -> left.get(i).equals(right.get(j)), WordSimilarity.EQUAL);
        var similarity = new WordSimilarity[left.size()][right.size()];
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < right.size(); j++) {
                if (!leftTaken[i] && !rightTaken[j]) {
                    similarity[i][j] = WordSimilarity.of(left.get(i), right.get(j));
                }
            }
        }
        for (var level : BEST_FIRST) {
            takeAll((i, j) -> similarity[i][j] == level, level);
        }
    }

    private void takeAll(Places places, WordSimilarity level) {
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < right.size() && !leftTaken[i]; j++) {
                if (!rightTaken[j] && places.test(i, j)) {
                    take(i, j, level);
                }
            }
        }
    }

    private void take(int i, int j, WordSimilarity similarity) {
        leftTaken[i] = true;
        rightTaken[j] = true;
        var frequency = similarity == WordSimilarity.EQUAL ? WordFrequency.of(left.get(i)) : WordFrequency.RARE;
        pairs.add(new Pair(i, j, similarity, frequency));
    }

    List<Pair> pairs() {
        return pairs;
    }

    /** The pair of a word of the left name, or null. */
    Pair ofLeft(int i) {
        return pairs.stream().filter(pair -> pair.left == i).findFirst().orElse(null);
    }

    /** The pair of a word of the right name, or null. */
    Pair ofRight(int j) {
        return pairs.stream().filter(pair -> pair.right == j).findFirst().orElse(null);
    }

    /** Whether both have words that are not the other's, the given ones aside. */
    boolean bothHaveOthers() {
        return hasFree(leftTaken) && hasFree(rightTaken);
    }

    private static boolean hasFree(boolean[] taken) {
        for (int i = 1; i < taken.length; i++) {
            if (!taken[i]) {
                return true;
            }
        }
        return false;
    }

    /** Whether every word of the shorter name is a word of the longer. */
    boolean coverShorter() {
        return pairs.size() == Math.min(left.size(), right.size());
    }
}
