package io.clientela.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which customers come into one group; a customer is a letter here, and a link "ab9" joins a and b with score 9. */
class DuplicateGroupsTest {
    @ParameterizedTest(name = "{0} without {1}: {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // links | dismissed pairs | groups with their score, best first
                "-                  | -     | -",
                "ab9                | -     | ab9",
                "ab9 cd8            | -     | ab9 cd8",
                "cd8 ab8            | -     | ab8 cd8",
                // through others, whatever the order
                "ab9 bc8            | -     | abc8",
                "cd7 ab9 bc8        | -     | abcd7",
                // the weakest link that is needed, not the weakest
                "ab9 bc9 ac5        | -     | abc9",
                "ab9 bc6 ac5        | -     | abc6",
                "ab9 cd9 ac6 bd7    | -     | abcd7",
                // the weakest link between two who are not the same is left out
                "ab9 bc8            | ac    | ab9",
                "ab8 bc9            | ac    | bc9",
                "ab9 bc8            | ca    | ab9",
                "ab9 bc7 cd9        | ad    | ab9 cd9",
                "ab9 bc7 cd9 ac6    | ad    | ab9 cd9",
                "ab9 bc8 cd7 de9    | ae    | de9 abc8",
                "ab9 bc8 cd7        | ac ad | ab9 cd7",
                "ab9 bc8 cd7 de6    | ac ce | ab9 cd7",
                // those who are not the same although both are like a third, and others
                "ab9 bc8 ca7        | ab    | bc8",
                "ab5                | ab    | -",
                "ab9                | cd    | ab9",
                "ab9                | aa    | ab9"
            })
    void linksAreJoinedStrongestFirst(String links, String dismissed, String expected) {
        var groups = DuplicateGroups.of(
                words(links).stream().map(DuplicateGroupsTest::link).toList(), pairs(dismissed));

        assertThat(groups.stream().map(DuplicateGroupsTest::text).collect(Collectors.joining(" ")))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void orderOfLinksChangesNothing() {
        var links = new ArrayList<>(words("ab9 bc8 cd8 de7 ef9 ac6 gh5 hi5").stream()
                .map(DuplicateGroupsTest::link)
                .toList());
        var expected = DuplicateGroups.of(links, pairs("af bh"));

        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(links, new Random(seed));
            assertThat(DuplicateGroups.of(links, pairs("af bh"))).isEqualTo(expected);
        }
    }

    @Test
    void dismissedPairsAreNeverInOneGroup() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var links = random.ints(60, 0, 20)
                    .filter(i -> i != 19)
                    .mapToObj(i -> new DuplicateLink(id(i), id(i + 1 + random.nextInt(19 - i)), random.nextInt(10)))
                    .toList();
            var dismissed = IntStream.range(0, 15)
                    .mapToObj(i -> List.of(id(random.nextInt(20)), id(random.nextInt(20))))
                    .filter(pair -> !pair.get(0).equals(pair.get(1)))
                    .toList();

            var groups = DuplicateGroups.of(links, dismissed);

            dismissed.forEach(pair ->
                    assertThat(groups).noneMatch(group -> group.customers().containsAll(pair)));
            assertThat(groups.stream().flatMap(group -> group.customers().stream()))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void largeGroupShowsConnectedCustomers() {
        List<DuplicateLink> links = new ArrayList<>();
        for (int i = 0; i < 999; i++) {
            links.add(new DuplicateLink(id(i), id(i + 1), 900_000 + i));
        }
        for (int i = 402; i < 420; i++) {
            links.add(new DuplicateLink(id(400), id(i), 990_000));
        }
        var group = DuplicateGroups.of(links, List.of()).get(0);

        var shown = group.bestConnected(50);
        var shownLinks = group.linksAmong(new HashSet<>(shown), 60);

        assertThat(group.customers()).hasSize(1000);
        assertThat(group.score()).isEqualTo(900_000);
        assertThat(shown).hasSize(50).contains(id(400), id(419)).isSortedAccordingTo(DuplicateLink.BY_ID);
        assertThat(shownLinks).hasSize(60);
        assertThat(DuplicateGroups.of(shownLinks, List.of()))
                .singleElement()
                .satisfies(connected -> assertThat(connected.customers()).isEqualTo(shown));
    }

    @Test
    void hundredThousandLinksAreJoined() {
        List<DuplicateLink> links = new ArrayList<>();
        List<List<UUID>> dismissed = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            links.add(new DuplicateLink(id(i), id(i + 1), i == 0 ? 1_000_000 : i % 1000));
            dismissed.add(List.of(id(0), id(i + 2)));
        }

        var groups = DuplicateGroups.of(links, dismissed);

        assertThat(groups).hasSize(2);
        assertThat(groups.stream().mapToInt(group -> group.customers().size()).sum())
                .isEqualTo(100_001);
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }

    private static List<List<UUID>> pairs(String text) {
        return words(text).stream()
                .map(pair -> List.of(id(pair.charAt(0) - 'a'), id(pair.charAt(1) - 'a')))
                .toList();
    }

    private static DuplicateLink link(String text) {
        var ends = text.substring(0, 2).chars().sorted().map(c -> c - 'a').toArray();
        return new DuplicateLink(id(ends[0]), id(ends[1]), text.charAt(2) - '0');
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }

    private static String text(DuplicateGroup group) {
        return group.customers().stream()
                        .map(id -> String.valueOf((char) ('a' + id.getLeastSignificantBits())))
                        .collect(Collectors.joining())
                + group.score();
    }
}
