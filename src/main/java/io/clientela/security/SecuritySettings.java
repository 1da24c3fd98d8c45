package io.clientela.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which tokens are accepted, beyond what {@code mp.jwt.verify} says. */
@ConfigMapping(prefix = "clientela.security")
public interface SecuritySettings {
    /**
     * Whether tokens issued for any audience are accepted, so that {@code mp.jwt.verify.audiences} need not be set. Set
     * it only if the issuer's tokens have no {@code aud}: a token meant for another service is accepted here, too.
     */
    @WithDefault("false")
    boolean anyAudience();
}
