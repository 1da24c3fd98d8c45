package io.clientela.identity.match;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * A company's name without its legal form, which one writes and another leaves out.
 *
 * @param joined its words as one
 * @param branch what tells one branch from another: a number, or words such as {@code filial}; empty where there is
 *     none
 */
record CompanyName(String joined, String branch) {
    private static final Set<String> BRANCHES = Set.of(
            "filial", "matriz", "unidade", "loja", "branch", "unit", "store", "subsidiary", "sucursal", "filiale");
    private static final Set<String> LEGAL_FORMS =
            Set.of(("ltda sa s a me epp eireli mei cia inc llc ltd limited corp corporation co company plc gmbh ag kg"
                            + " sarl srl bv the e de do da dos das of and")
                    .split(" "));

    /** The name; null where there is none. */
    static CompanyName of(String name) {
        var all = Words.of(name);
        if (all.isEmpty()) {
            return null;
        }
        var words = all.stream().filter(word -> !LEGAL_FORMS.contains(word)).toList();
        var branch = words.stream().filter(CompanyName::tellsBranches).collect(Collectors.joining(" "));
        return new CompanyName(String.join("", words.isEmpty() ? all : words), branch);
    }

    private static boolean tellsBranches(String word) {
        return BRANCHES.contains(word) || word.chars().allMatch(Character::isDigit);
    }
}
