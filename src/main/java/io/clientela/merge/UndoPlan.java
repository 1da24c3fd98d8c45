package io.clientela.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The result of an undo for the target: a field that still has the value of the merge gets its value from before the
 * merge; a field that was edited since keeps its value, and so do the fields that belong together with it
 * ({@link FieldGroup}). Tags, attributes and preferences are reverted one by one.
 */
final class UndoPlan {
    private static final String PREFERENCES = "preferences";
    private static final Set<String> BY_MEMBER = Set.of("attributes", PREFERENCES);

    private UndoPlan() {}

    /**
     * Returns the target after the undo, as callers read it, without calls, orders and system fields.
     *
     * @param current the target as callers read it
     * @param changes the values before and after the merge, by field: {@code {"email": {"from": …, "to": …}}}
     */
    static ObjectNode of(ObjectNode current, ObjectNode changes) {
        var result = current.deepCopy();
        changes.properties().forEach(change -> {
            var field = change.getKey();
            var from = change.getValue().path("from");
            var to = change.getValue().path("to");
            if (field.equals("tags")) {
                result.set(field, tags(current.path(field), from, to));
            } else if (BY_MEMBER.contains(field)) {
                result.set(field, members((ObjectNode) current.get(field), from, to));
            } else if (FieldGroup.of(field).stream().allMatch(member -> isUnedited(member, current, changes))) {
                result.set(field, from);
            }
        });
        return result;
    }

    private static boolean isUnedited(String field, ObjectNode current, ObjectNode changes) {
        var change = changes.get(field);
        return change == null || change.path("to").equals(current.get(field));
    }

    /**
     * Returns the changes of a merge with all fields that belong together with a changed one, which may be edited
     * before the undo, and with the preferences, which may be withdrawn.
     *
     * @param changes the values before and after the merge, by field
     * @param target the target before the merge
     */
    static ObjectNode withGroups(ObjectNode changes, ObjectNode target) {
        var complete = changes.deepCopy();
        changes.fieldNames().forEachRemaining(field -> FieldGroup.of(field).stream()
                .forEach(member -> addUnchanged(member, target, complete)));
        addUnchanged(PREFERENCES, target, complete);
        return complete;
    }

    /** Adds a field with its value, unless it is among the changes. */
    private static void addUnchanged(String field, ObjectNode target, ObjectNode changes) {
        if (!changes.has(field)) {
            changes.putObject(field).<ObjectNode>set("from", target.get(field)).set("to", target.get(field));
        }
    }

    /**
     * Returns the preferences that were granted after the merge and have been refused since. The person has withdrawn
     * them (GDPR art. 7(3)), for the restored sources as well.
     */
    static Set<String> withdrawn(ObjectNode current, ObjectNode changes) {
        var merged = changes.path(PREFERENCES).path("to");
        return current.path(PREFERENCES).properties().stream()
                .filter(preference -> preference.getValue().isBoolean()
                        && !preference.getValue().booleanValue()
                        && merged.path(preference.getKey()).asBoolean())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static ArrayNode tags(JsonNode current, JsonNode from, JsonNode to) {
        Set<JsonNode> added = new HashSet<>();
        to.forEach(added::add);
        from.forEach(added::remove);
        var remaining = ((ArrayNode) current).arrayNode();
        current.forEach(tag -> {
            if (!added.contains(tag)) {
                remaining.add(tag);
            }
        });
        return remaining;
    }

    private static ObjectNode members(ObjectNode current, JsonNode from, JsonNode to) {
        var remaining = current.deepCopy();
        to.properties().forEach(member -> {
            var name = member.getKey();
            var before = from.get(name);
            boolean unedited = member.getValue().equals(current.get(name));
            if (unedited && before == null) {
                remaining.remove(name);
            } else if (unedited) {
                remaining.set(name, before);
            }
        });
        return remaining;
    }
}
