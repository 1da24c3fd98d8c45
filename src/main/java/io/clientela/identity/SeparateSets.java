package io.clientela.identity;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Which sets of customers must not be joined, because somebody said of two members that they are not the same. */
final class SeparateSets {
    private final Map<UUID, Set<UUID>> apart = new HashMap<>();

    SeparateSets(Collection<List<UUID>> dismissedPairs) {
        dismissedPairs.forEach(pair -> add(pair.get(0), pair.get(1)));
    }

    private void add(UUID one, UUID other) {
        if (!one.equals(other)) {
            apart.computeIfAbsent(one, id -> new HashSet<>()).add(other);
            apart.computeIfAbsent(other, id -> new HashSet<>()).add(one);
        }
    }

    boolean areApart(UUID root, UUID otherRoot) {
        return of(root).contains(otherRoot);
    }

    /** Returns the root with the larger number of sets to stay apart from: to rename the other one is less work. */
    UUID larger(UUID root, UUID otherRoot) {
        return of(root).size() >= of(otherRoot).size() ? root : otherRoot;
    }

    /** Applies that the first root now stands for both sets. */
    void join(UUID root, UUID otherRoot) {
        var others = apart.remove(otherRoot);
        if (others != null) {
            others.forEach(other -> {
                apart.get(other).remove(otherRoot);
                add(root, other);
            });
        }
    }

    private Set<UUID> of(UUID root) {
        return apart.getOrDefault(root, Set.of());
    }
}
