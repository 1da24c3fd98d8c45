package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A cluster as callers read it. */
@RegisterForReflection
@Schema(name = "Cluster", description = "A group of customers that the tenant defines.")
public record ClusterView(
        @Schema(description = "Assigned by the service; UUID version 7.")
        UUID id,

        @Schema(examples = "Wholesale") String name,
        @Schema(examples = "Buys by the pallet") String description,
        @Schema(examples = "2026-02-15T14:30:00Z") Instant createdAt,
        @Schema(examples = "2026-02-15T14:30:00Z") Instant updatedAt) {}
