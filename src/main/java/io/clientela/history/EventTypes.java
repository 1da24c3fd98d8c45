package io.clientela.history;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The types of events, and the patterns by which readers choose some of them. */
public final class EventTypes {
    /** All types, as the JSON schema and docs/events.md describe them. */
    public static final Set<String> ALL = new TreeSet<>(List.of(
            "customer.created",
            "customer.updated",
            "customer.status_changed",
            "customer.role_changed",
            "customer.password_changed",
            "customer.merged",
            "customer.merge_undone",
            "customer.deleted",
            "customer.erased",
            "address.added",
            "address.updated",
            "address.removed",
            "call.added",
            "call.updated",
            "call.removed",
            "order.added",
            "order.updated",
            "order.removed",
            "cluster.created",
            "cluster.updated",
            "cluster.deleted",
            "cluster.joined",
            "cluster.left",
            "api_key.created",
            "api_key.rotated",
            "api_key.revoked",
            "import.started",
            "import.completed",
            "import.failed",
            "import.canceled",
            "webhook.created",
            "webhook.updated",
            "webhook.enabled",
            "webhook.disabled",
            "webhook.secret_rotated",
            "webhook.deleted"));

    private static final String ANY_SUFFIX = ".*";

    private EventTypes() {}

    /**
     * Returns the types that a pattern stands for: a type, or the first part of several types with {@code .*}. Empty if
     * there are none.
     */
    public static Optional<Set<String>> matching(String pattern) {
        Predicate<String> matches = pattern.endsWith(ANY_SUFFIX)
                ? type -> type.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern::equals;
        var types = ALL.stream().filter(matches).collect(Collectors.toSet());
        return types.isEmpty() ? Optional.empty() : Optional.of(types);
    }
}
