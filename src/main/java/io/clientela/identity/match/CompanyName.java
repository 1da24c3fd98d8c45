package io.clientela.identity.match;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * A company's name without its legal form, which is often left out.
 *
 * @param joined its words, concatenated
 * @param branch the words that distinguish branches: a number, or words such as {@code filial}; empty for none
 */
record CompanyName(String joined, String branch) {
    private static final Set<String> BRANCHES = Set.of(
            "filial", "matriz", "unidade", "loja", "branch", "unit", "store", "subsidiary", "sucursal", "filiale");
    private static final Set<String> LEGAL_FORMS =
            Set.of(("ltda sa s a me epp eireli mei cia inc llc ltd limited corp corporation co company plc gmbh ag kg"
                            + " sarl srl bv the e de do da dos das of and")
                    .split(" "));

    /** Returns the company name of a text, or null if the text has no words. */
    static CompanyName of(String name) {
        var all = Words.of(name);
        if (all.isEmpty()) {
            return null;
        }
        var words = all.stream().filter(word -> !LEGAL_FORMS.contains(word)).toList();
        var branch = words.stream().filter(CompanyName::isBranchWord).collect(Collectors.joining(" "));
        return new CompanyName(String.join("", words.isEmpty() ? all : words), branch);
    }

    private static boolean isBranchWord(String word) {
        return BRANCHES.contains(word) || word.chars().allMatch(Character::isDigit);
    }
}
