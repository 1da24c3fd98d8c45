package io.clientela.account;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** A one-time token that the customer received by e-mail. */
@RegisterForReflection
@Schema(requiredProperties = "token")
public record EmailVerificationInput(
        @Schema(maxLength = 128) @CodePointLength(max = 128) String token) {}
