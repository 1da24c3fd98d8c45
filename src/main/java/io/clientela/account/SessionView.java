package io.clientela.account;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A session as the customer receives it (RFC 6749, section 5.1). */
@RegisterForReflection
@Schema(name = "Session")
public record SessionView(String accessToken, String tokenType, long expiresIn) {}
