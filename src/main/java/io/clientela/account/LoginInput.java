package io.clientela.account;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** An e-mail and a password, to log in. */
@RegisterForReflection
@Schema(requiredProperties = {"email", "password"})
public record LoginInput(
        @Schema(maxLength = 254) @CodePointLength(max = 254) String email,
        @Schema(maxLength = 128) String password) {}
