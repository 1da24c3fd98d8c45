package io.clientela.account;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** A one-time token and the new password that it permits to set. */
@RegisterForReflection
@Schema(requiredProperties = {"token", "new_password"})
public record PasswordResetInput(
        @Schema(maxLength = 128) @CodePointLength(max = 128) String token,
        @Schema(minLength = 8, maxLength = 128) String newPassword) {}
