package io.clientela.activity;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An address as callers read it. */
@RegisterForReflection
@Schema(name = "Address", description = "An address of a customer.")
public record AddressView(
        @Schema(description = "Assigned by the service; UUID version 7.")
        UUID id,

        @Schema(examples = "home") String label,
        @Schema(examples = "Av. Paulista, 1000") String line1,
        String line2,
        @Schema(examples = "Bela Vista") String district,
        @Schema(examples = "São Paulo") String city,
        @Schema(examples = "SP") String state,
        @Schema(examples = "01310-100") String postalCode,
        @Schema(examples = "BR") String country,
        @JsonProperty("is_default") boolean isDefault,
        Instant createdAt,
        Instant updatedAt) {}
