package io.clientela.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON Merge Patch (RFC 7396, section 2): an absent member stays, null removes a member, objects merge. */
public final class MergePatch {
    /** The media type of a patch. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private MergePatch() {}

    /** Applies a patch to a target, which is changed in place. */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (value.isNull()) {
                target.remove(member.getKey());
            } else if (value instanceof ObjectNode object) {
                var nested =
                        target.get(member.getKey()) instanceof ObjectNode existing ? existing : target.objectNode();
                target.set(member.getKey(), apply(nested, object));
            } else {
                target.set(member.getKey(), value);
            }
        });
        return target;
    }
}
