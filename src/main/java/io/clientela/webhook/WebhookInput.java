package io.clientela.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The writable fields of a webhook. */
@RegisterForReflection
@Schema
public record WebhookInput(
        @Schema(maxLength = 2048, required = true) @CodePointLength(max = 2048)
        String url,

        @Schema(minItems = 1, maxItems = WebhookRules.MAX_TYPES, required = true)
        List<String> types,

        @Schema(maxLength = 500) @CodePointLength(max = 500) String description,

        @Schema(defaultValue = "thin") WebhookPayload payload,

        @Schema(defaultValue = "true") Boolean active) {
    static final Set<String> FIELDS = Set.of("url", "types", "description", "payload", "active");

    String payloadOrDefault() {
        return (payload == null ? WebhookPayload.THIN : payload).toString();
    }

    boolean activeOrDefault() {
        return active == null || active;
    }
}
