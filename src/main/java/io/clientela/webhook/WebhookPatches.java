package io.clientela.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.MergePatch;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;

/** What a JSON Merge Patch (RFC 7396) makes of a webhook. */
@Singleton
class WebhookPatches {
    private final WebhookRules rules;
    private final JsonBodies bodies;
    private final ObjectMapper mapper;

    WebhookPatches(WebhookRules rules, JsonBodies bodies, ObjectMapper mapper) {
        this.rules = rules;
        this.bodies = bodies;
        this.mapper = mapper;
    }

    /**
     * Returns all fields after a patch, with the defaults of those that it removes.
     *
     * @throws ProblemException 422 if the result is invalid
     */
    WebhookInput result(WebhookView before, ObjectNode patch) {
        var fields = MergePatch.apply(mapper.valueToTree(before.writable()), patch);
        var input = bodies.read(fields, WebhookInput.class, rules::violations).value();
        return new WebhookInput(
                input.url(),
                input.types(),
                input.description(),
                WebhookPayload.of(input.payloadOrDefault()),
                input.activeOrDefault());
    }

    /** Returns the details of an event, without values: a URL can hold what not every reader of events may know. */
    ObjectNode changedFields(WebhookView before, WebhookInput after) {
        ObjectNode from = mapper.valueToTree(before.writable());
        ObjectNode to = mapper.valueToTree(after);
        var details = JsonNodeFactory.instance.objectNode();
        var fields = details.putArray("fields");
        WebhookInput.FIELDS.stream()
                .sorted()
                .filter(field -> !from.get(field).equals(to.get(field)))
                .forEach(fields::add);
        return details;
    }
}
