package io.clientela.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A customer's new status. */
@RegisterForReflection
@Schema
public record StatusInput(@NotNull CustomerStatus status) {}
