package io.clientela.apikey;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An entry of the audit trail of a tenant's keys, as callers read it. */
@RegisterForReflection
@Schema(name = "ApiKeyEvent")
public record ApiKeyEventView(
        UUID id,
        UUID keyId,
        String type,
        Instant at,
        String actor,
        String requestId,
        @Schema(type = SchemaType.OBJECT) @JsonRawValue String details) {}
