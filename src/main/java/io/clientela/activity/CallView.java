package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A call as callers read it. */
@RegisterForReflection
@Schema(name = "Call", description = "A call with a customer.")
public record CallView(
        @Schema(description = "Assigned by the service; UUID version 7.")
        UUID id,

        @Schema(examples = "pbx-90210") String externalId,
        CallDirection direction,
        @Schema(examples = "2026-02-15T14:30:00Z") Instant startedAt,
        @Schema(examples = "180") Integer durationSeconds,
        @Schema(examples = "answered") String outcome,
        String notes,
        Instant createdAt,
        Instant updatedAt) {}
