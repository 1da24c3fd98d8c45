package io.clientela.history;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An entry of a customer's history, as callers read it. */
@RegisterForReflection
@Schema(name = "HistoryEntry", description = "Something that happened to a customer.")
public record EventView(
        @Schema(description = "UUID version 7.") UUID id,

        @Schema(description = "What happened.", examples = "customer.updated")
        String type,

        @Schema(description = "When.", examples = "2026-02-15T14:30:00Z")
        Instant at,

        @Schema(description = "The subject of the token that did it; null for a token without one.")
        String actor,

        @Schema(description = "The request that did it.") String requestId,

        @Schema(description = "The customer's version that it led to.")
        long version,

        @Schema(
                description = "Per field what it was and what it became.",
                type = SchemaType.OBJECT,
                examples = "{\"status\":{\"from\":\"active\",\"to\":\"blocked\"}}")
        @JsonRawValue
        String changes,

        @Schema(
                description = "What else it was about, such as the call that was added, or who was merged with whom.",
                type = SchemaType.OBJECT,
                examples = "{\"call_id\":\"0199c1d0-7f3a-7b52-9d55-0f6d3c1f2a10\"}")
        @JsonRawValue
        String details) {}
