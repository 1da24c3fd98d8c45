package io.clientela.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Sets of customers without common members, which can be joined (union-find). */
final class DisjointSets {
    private final Map<UUID, UUID> parents = new HashMap<>();

    /** Returns the member that stands for the whole set of a customer. */
    UUID rootOf(UUID id) {
        var root = id;
        for (var parent = parents.get(root); parent != null; parent = parents.get(root)) {
            root = parent;
        }
        // Shortens the way for the next time.
        for (var step = id; !step.equals(root); ) {
            step = parents.put(step, root);
        }
        return root;
    }

    /** Joins two sets; the first root stands for both. */
    void join(UUID root, UUID otherRoot) {
        parents.put(otherRoot, root);
    }
}
