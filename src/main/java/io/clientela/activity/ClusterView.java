package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A cluster as callers read it. */
@RegisterForReflection
@Schema(name = "Cluster")
public record ClusterView(UUID id, String name, String description, Instant createdAt, Instant updatedAt) {}
