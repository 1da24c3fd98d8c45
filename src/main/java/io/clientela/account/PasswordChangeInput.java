package io.clientela.account;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A customer's current and new password. */
@RegisterForReflection
@Schema(requiredProperties = {"current_password", "new_password"})
public record PasswordChangeInput(
        @Schema(maxLength = 128) String currentPassword,
        @Schema(minLength = 8, maxLength = 128) String newPassword) {}
