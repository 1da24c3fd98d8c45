package io.clientela.history;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An entry of a customer's history, as callers read it. */
@RegisterForReflection
@Schema(name = "HistoryEntry", description = "An event in the history of a customer.")
public record EventView(
        @Schema(description = "UUID version 7.") UUID id,

        @Schema(description = "The type of the event.", examples = "customer.updated")
        String type,

        @Schema(description = "The time of the event.", examples = "2026-02-15T14:30:00Z")
        Instant at,

        @Schema(description = "The subject of the token that made the change; null for a token without one.")
        String actor,

        @Schema(description = "The id of the request that made the change.")
        String requestId,

        @Schema(description = "The customer's version after the change.")
        long version,

        @Schema(
                description = "The value before and after, per field.",
                type = SchemaType.OBJECT,
                examples = "{\"status\":{\"from\":\"active\",\"to\":\"blocked\"}}")
        @JsonRawValue
        String changes,

        @Schema(
                description = "Further data of the event, such as the id of the added call or of the merged customers.",
                type = SchemaType.OBJECT,
                examples = "{\"call_id\":\"0199c1d0-7f3a-7b52-9d55-0f6d3c1f2a10\"}")
        @JsonRawValue
        String details) {}
