package io.clientela.security;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The API keys that the service issued, which are accepted wherever a JWT is. */
public interface ApiKeys {
    /**
     * Returns the bearer of an API key; empty for a token that does not have the form of one, which no JWT has. The
     * bearer fails with an {@link AuthenticationFailedException} if the key is unknown, revoked or past its end.
     */
    Optional<Uni<Bearer>> bearer(String token);
}
