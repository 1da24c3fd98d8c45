package io.clientela.identity.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The significant words of a person's name.
 *
 * @param words the words without titles and particles, in the order written; at least one unless there is no name
 * @param generation {@code junior}, {@code filho}… at the end of a name, which distinguishes a son from his father; or
 *     null
 */
record PersonName(List<String> words, String generation) {
    private static final Set<String> PARTICLES = Set.of(
            "da", "de", "do", "das", "dos", "di", "du", "del", "della", "e", "y", "la", "las", "los", "van", "von",
            "der", "den", "ter");
    private static final Set<String> TITLES =
            Set.of("sr", "sra", "srta", "dr", "dra", "mr", "mrs", "ms", "miss", "prof", "profa", "dom", "dona");
    private static final Set<String> GENERATIONS =
            Set.of("junior", "jr", "filho", "neto", "sobrinho", "segundo", "senior", "sr", "ii", "iii", "iv");
    // Names have no more significant words; the bound limits the cost of comparing text that is not a name.
    private static final int MAX_WORDS = 8;

    /** Returns the name, or first and last name together if they have more words. */
    static PersonName of(Person person) {
        var whole = of(person.name());
        if (person.firstName() == null
                || person.lastName() == null
                || person.name().length()
                        > person.firstName().length() + person.lastName().length()) {
            return whole;
        }
        var parts = of(person.firstName() + " " + person.lastName());
        return parts.words.size() > whole.words.size() ? parts : whole;
    }

    static PersonName of(String name) {
        var all = Words.of(name);
        var words = new ArrayList<>(all);
        words.removeIf(PARTICLES::contains);
        while (words.size() > 1 && TITLES.contains(words.get(0))) {
            words.remove(0);
        }
        String generation = null;
        if (words.size() > 2 && GENERATIONS.contains(words.get(words.size() - 1))) {
            generation = words.remove(words.size() - 1);
            generation = generation.equals("jr") ? "junior" : generation;
        }
        var significant = words.isEmpty() ? all : words;
        return new PersonName(List.copyOf(significant.subList(0, Math.min(significant.size(), MAX_WORDS))), generation);
    }

    /** Returns the words concatenated, to compare names that are split differently: Mary Ann and Maryann. */
    String joined() {
        return String.join("", words);
    }
}
