package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A call as callers read it. */
@RegisterForReflection
@Schema(name = "Call")
public record CallView(
        UUID id,
        String externalId,
        CallDirection direction,
        Instant startedAt,
        Integer durationSeconds,
        String outcome,
        String notes,
        Instant createdAt,
        Instant updatedAt) {}
