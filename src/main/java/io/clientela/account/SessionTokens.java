package io.clientela.account;

import io.clientela.http.WorkerThread;
import io.clientela.security.Bearer;
import io.clientela.security.Scopes;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Issues the tokens of sessions, signed with the own key: {@code smallrye.jwt.sign.key.location}. The public key must
 * be among those that verify tokens.
 */
@ApplicationScoped
class SessionTokens {
    private final AccountSettings settings;
    private final boolean hasKey;
    private final String issuer;
    private final Set<String> audiences;

    SessionTokens(
            AccountSettings settings,
            @ConfigProperty(name = "smallrye.jwt.sign.key.location") Optional<String> keyLocation,
            @ConfigProperty(name = "smallrye.jwt.sign.key") Optional<String> key,
            @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<Set<String>> audiences) {
        this.settings = settings;
        this.hasKey =
                keyLocation.or(() -> key).filter(value -> !value.isBlank()).isPresent();
        this.issuer = issuer;
        this.audiences = audiences.orElse(Set.of());
    }

    /** Returns whether there is a key to sign with. */
    boolean canIssue() {
        return hasKey;
    }

    /**
     * Issues a token of a customer's current session. It is signed on a worker thread, which may read the key's file.
     */
    Uni<SessionView> issue(String tenant, UUID customer, long session) {
        return WorkerThread.compute(
                () -> new SessionView(sign(tenant, customer, session), "Bearer", lifetimeSeconds()));
    }

    private String sign(String tenant, UUID customer, long session) {
        var claims = Jwt.issuer(issuer)
                .subject(customer.toString())
                .claim("tenant", tenant)
                .claim("scope", Scopes.SELF)
                .claim(Bearer.SESSION_CLAIM, session)
                .expiresIn(settings.sessionLifetime());
        return (audiences.isEmpty() ? claims : claims.audience(audiences)).sign();
    }

    private long lifetimeSeconds() {
        return settings.sessionLifetime().toSeconds();
    }
}
