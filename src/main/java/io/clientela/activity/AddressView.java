package io.clientela.activity;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An address as callers read it. */
@RegisterForReflection
@Schema(name = "Address")
public record AddressView(
        UUID id,
        String label,
        String line1,
        String line2,
        String district,
        String city,
        String state,
        String postalCode,
        String country,
        @JsonProperty("is_default") boolean isDefault,
        Instant createdAt,
        Instant updatedAt) {}
