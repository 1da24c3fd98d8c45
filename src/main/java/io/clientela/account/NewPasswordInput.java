package io.clientela.account;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A customer's new password. */
@RegisterForReflection
@Schema(requiredProperties = "new_password")
public record NewPasswordInput(
        @Schema(minLength = 8, maxLength = 128) String newPassword) {}
