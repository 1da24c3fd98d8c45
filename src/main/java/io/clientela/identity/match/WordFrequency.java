package io.clientela.identity.match;

import java.util.Arrays;
import java.util.Set;

/**
 * The frequency of a word in names: a common word in two names is weak evidence. Compiled by hand from the most
 * frequent given names and surnames in the censuses of Brazil (IBGE) and of the United States. Other words count as
 * rare; no list fits every tenant, and a name alone never decides.
 */
enum WordFrequency {
    /** One in five hundred people, or fewer. */
    RARE,
    /** About one in a hundred. */
    COMMON,
    /** One in twenty-five or more. */
    VERY_COMMON;

    private static final Set<String> VERY_COMMON_WORDS = Set.of(
            "silva",
            "santos",
            "oliveira",
            "souza",
            "sousa",
            "pereira",
            "ferreira",
            "lima",
            "alves",
            "rodrigues",
            "maria",
            "jose");
    private static final Set<String> COMMON_WORDS = Set.copyOf(Arrays.asList(
            // Brazil, surnames
            ("gomes costa ribeiro martins carvalho"
                            + " almeida lopes soares fernandes vieira barbosa rocha dias nascimento andrade moreira nunes"
                            + " marques machado mendes freitas cardoso ramos goncalves santana teixeira araujo pinto"
                            + " cavalcante campos batista moura castro cruz conceicao jesus reis correia"
                            // Brazil, given names
                            + " ana joao antonio francisco carlos paulo pedro lucas luiz luis marcos gabriel"
                            + " rafael daniel marcelo bruno eduardo felipe rodrigo manoel mateus andre fernando fabio"
                            + " leonardo gustavo guilherme leandro tiago anderson ricardo marcio jorge sebastiao alexandre"
                            + " roberto edson diego vitor sergio claudio matheus thiago geraldo adriano luciano julio"
                            + " francisca antonia adriana juliana marcia fernanda patricia aline sandra camila amanda bruna"
                            + " jessica leticia julia luciana vanessa mariana gabriela vera vitoria larissa claudia beatriz"
                            + " luana rita sonia renata eliane josefa simone natalia cristiane carla debora rosa aparecida"
                            // United States, surnames
                            + " smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez"
                            + " gonzalez wilson anderson thomas taylor moore jackson martin lee perez thompson white harris"
                            + " sanchez clark ramirez lewis robinson walker young allen king wright"
                            // United States, given names
                            + " james john robert michael william david richard joseph charles christopher matthew anthony"
                            + " mark donald steven andrew paul joshua kenneth kevin brian george mary patricia jennifer"
                            + " linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley"
                            + " kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura")
                    .split(" ")));

    static WordFrequency of(String word) {
        if (VERY_COMMON_WORDS.contains(word)) {
            return VERY_COMMON;
        }
        return COMMON_WORDS.contains(word) ? COMMON : RARE;
    }
}
