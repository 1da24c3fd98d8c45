package io.clientela.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Customers who are likely all the same.
 *
 * @param customers the ids of all, the oldest first
 * @param links the links between them, the strongest first
 * @param score the weakest link that the group needs to hold together, in millionths
 */
record DuplicateGroup(List<UUID> customers, List<DuplicateLink> links, int score) {
    static final Comparator<DuplicateGroup> BEST_FIRST = Comparator.comparingInt(DuplicateGroup::score)
            .reversed()
            .thenComparing(DuplicateGroup::id, DuplicateLink.BY_ID);

    static DuplicateGroup of(List<DuplicateLink> links, int score) {
        var customers = links.stream()
                .flatMap(link -> Stream.of(link.a(), link.b()))
                .distinct()
                .sorted(DuplicateLink.BY_ID)
                .toList();
        return new DuplicateGroup(customers, links, score);
    }

    /** Returns an id that is the same for the same customers: that of the oldest. */
    UUID id() {
        return customers.get(0);
    }

    /**
     * Returns at most so many customers, the oldest first; of a larger group those that are connected best, which are
     * connected among themselves.
     */
    List<UUID> bestConnected(int max) {
        return customers.size() <= max
                ? customers
                : nearest(max).stream().sorted(DuplicateLink.BY_ID).toList();
    }

    /** Starts with the customer that has most links and follows the strongest link each time (Prim's algorithm). */
    private Set<UUID> nearest(int max) {
        Map<UUID, List<DuplicateLink>> linksOf = new HashMap<>();
        links.forEach(link -> Stream.of(link.a(), link.b())
                .forEach(id ->
                        linksOf.computeIfAbsent(id, key -> new ArrayList<>()).add(link)));
        var start = customers.stream()
                .max(Comparator.comparingInt((UUID id) -> linksOf.get(id).size())
                        .thenComparing(DuplicateLink.BY_ID.reversed()))
                .orElseThrow();
        Set<UUID> chosen = new LinkedHashSet<>(List.of(start));
        var next = new PriorityQueue<>(DuplicateLink.STRONGEST_FIRST);
        next.addAll(linksOf.get(start));
        while (chosen.size() < max && !next.isEmpty()) {
            var link = next.remove();
            Stream.of(link.a(), link.b()).filter(chosen::add).toList().forEach(id -> next.addAll(linksOf.get(id)));
        }
        return chosen;
    }

    /**
     * Returns the links among some of the customers, the strongest first; of too many, those that hold the group
     * together and then the strongest.
     */
    List<DuplicateLink> linksAmong(Set<UUID> some, int max) {
        var sets = new DisjointSets();
        List<DuplicateLink> needed = new ArrayList<>();
        List<DuplicateLink> further = new ArrayList<>();
        for (var link : links) {
            if (some.contains(link.a()) && some.contains(link.b())) {
                var one = sets.rootOf(link.a());
                var other = sets.rootOf(link.b());
                (one.equals(other) ? further : needed).add(link);
                if (!one.equals(other)) {
                    sets.join(one, other);
                }
            }
        }
        return Stream.concat(needed.stream(), further.stream())
                .limit(Math.max(max, needed.size()))
                .sorted(DuplicateLink.STRONGEST_FIRST)
                .toList();
    }
}
