package io.clientela.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * A customer's new role.
 *
 * @param role a name that the business chooses
 */
@RegisterForReflection
@Schema
public record RoleInput(
        @Schema(maxLength = 32) @NotBlank @CodePointLength(max = 32)
        String role) {}
