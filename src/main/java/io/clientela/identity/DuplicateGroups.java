package io.clientela.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Joins customers who are likely the same, directly or through others, into groups. A pure function: Kruskal's
 * algorithm (Proc. AMS 7, 1956) for maximum spanning trees, which takes the strongest links first.
 *
 * <p>Two customers who are not the same never come into one group. Since the weakest link between them is the last one
 * to be looked at, it is the one that is left out.
 */
final class DuplicateGroups {
    private final DisjointSets sets = new DisjointSets();
    private final SeparateSets separate;

    /** The weakest link of each spanning tree: the last one that was taken. */
    private final Map<UUID, Integer> scores = new HashMap<>();

    private DuplicateGroups(Collection<List<UUID>> dismissed) {
        separate = new SeparateSets(dismissed);
    }

    /**
     * Returns the groups, best first.
     *
     * @param dismissed pairs of customers who are not the same
     */
    static List<DuplicateGroup> of(Collection<DuplicateLink> links, Collection<List<UUID>> dismissed) {
        var groups = new DuplicateGroups(dismissed);
        var strongestFirst =
                links.stream().sorted(DuplicateLink.STRONGEST_FIRST).toList();
        strongestFirst.forEach(groups::join);
        return groups.collect(strongestFirst);
    }

    private void join(DuplicateLink link) {
        var one = sets.rootOf(link.a());
        var other = sets.rootOf(link.b());
        if (one.equals(other) || separate.areApart(one, other)) {
            return;
        }
        var root = separate.larger(one, other);
        var joined = root.equals(one) ? other : one;
        separate.join(root, joined);
        sets.join(root, joined);
        scores.put(root, link.score());
    }

    private List<DuplicateGroup> collect(List<DuplicateLink> links) {
        Map<UUID, List<DuplicateLink>> byRoot = new HashMap<>();
        links.forEach(link -> {
            var root = sets.rootOf(link.a());
            if (root.equals(sets.rootOf(link.b()))) {
                byRoot.computeIfAbsent(root, id -> new ArrayList<>()).add(link);
            }
        });
        return byRoot.entrySet().stream()
                .map(entry -> DuplicateGroup.of(entry.getValue(), scores.get(entry.getKey())))
                .sorted(DuplicateGroup.BEST_FIRST)
                .toList();
    }
}
