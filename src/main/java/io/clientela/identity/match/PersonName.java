package io.clientela.identity.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The words of a person's name that tell people apart.
 *
 * @param words without titles and particles, in the order written, at least one unless there is no name
 * @param generation {@code junior}, {@code filho}… at the end of a name, by which a son is told from his father; or
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
    // No name has more words that count; the bound keeps a comparison cheap for text that is none.
    private static final int MAX_WORDS = 8;

    /** The fuller of the name and of the first and last name together. */
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
        var kept = words.isEmpty() ? all : words;
        return new PersonName(List.copyOf(kept.subList(0, Math.min(kept.size(), MAX_WORDS))), generation);
    }

    /** All words as one, for names that were only divided differently: Mary Ann and Maryann. */
    String joined() {
        return String.join("", words);
    }
}
