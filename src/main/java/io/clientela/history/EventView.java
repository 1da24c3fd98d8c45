package io.clientela.history;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An entry of a customer's history, as callers read it. */
@RegisterForReflection
@Schema(name = "HistoryEntry")
public record EventView(
        UUID id,
        String type,
        Instant at,
        String actor,
        String requestId,
        long version,
        @Schema(type = SchemaType.OBJECT) @JsonRawValue String changes,
        @Schema(type = SchemaType.OBJECT) @JsonRawValue String details) {}
