package io.clientela.account;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A one-time token, shown once. */
@RegisterForReflection
@Schema(name = "OneTimeToken")
public record OneTimeTokenView(String token, Instant expiresAt) {}
