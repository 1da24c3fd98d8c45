package io.clientela.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * What the undo of a merge makes of the target: what the merge gave it is taken back where it still is as the merge
 * left it, and stays where somebody has edited it since. Of tags, attributes and preferences each one is judged for
 * itself.
 */
final class UndoPlan {
    private static final Set<String> BY_MEMBER = Set.of("attributes", "preferences");

    private UndoPlan() {}

    /**
     * The target after the undo, as callers read it; calls, orders and bookkeeping aside.
     *
     * @param now the target as callers read it
     * @param changes per field what the merge found and what it left: {@code {"email": {"from": …, "to": …}}}
     */
    static ObjectNode of(ObjectNode now, ObjectNode changes) {
        var result = now.deepCopy();
        changes.properties().forEach(change -> {
            var field = change.getKey();
            var from = change.getValue().path("from");
            var to = change.getValue().path("to");
            if (field.equals("tags")) {
                result.set(field, tags(now.path(field), from, to));
            } else if (BY_MEMBER.contains(field)) {
                result.set(field, members((ObjectNode) now.get(field), from, to));
            } else if (to.equals(now.get(field))) {
                result.set(field, from);
            }
        });
        return result;
    }

    private static ArrayNode tags(JsonNode now, JsonNode from, JsonNode to) {
        Set<JsonNode> given = new HashSet<>();
        to.forEach(given::add);
        from.forEach(given::remove);
        var left = ((ArrayNode) now).arrayNode();
        now.forEach(tag -> {
            if (!given.contains(tag)) {
                left.add(tag);
            }
        });
        return left;
    }

    private static ObjectNode members(ObjectNode now, JsonNode from, JsonNode to) {
        var left = now.deepCopy();
        to.properties().forEach(member -> {
            var name = member.getKey();
            var before = from.get(name);
            boolean untouched = member.getValue().equals(now.get(name));
            if (untouched && before == null) {
                left.remove(name);
            } else if (untouched) {
                left.set(name, before);
            }
        });
        return left;
    }
}
