package io.clientela.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Authenticates a bearer token and grants its scopes, which resources require with {@code @PermissionsAllowed}: those
 * of the {@code scope} claim (space-separated by RFC 8693, section 4.2, or an array) and those of the roles in its
 * groups.
 *
 * <p>Callers send one token many times, and verifying it costs more than most requests. The identity of a valid token
 * is therefore cached for a minute, but never beyond the token's expiry. A token that is not cached is verified on a
 * worker thread, because verification may fetch keys.
 */
@ApplicationScoped
public class TokenIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {
    private static final int MAX_CACHED = 10_000;
    private static final Duration CACHE_TTL = Duration.ofMinutes(1);
    private static final int BEFORE_QUARKUS = 2 * SYSTEM_FIRST;

    private final TokenVerifier verifier;
    private final JWTAuthContextInfo settings;

    /** The identities of valid tokens; invalid ones are not cached, so they cannot fill the cache. */
    private final Cache<String, SecurityIdentity> cache = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfter(Expiry.creating((String token, SecurityIdentity identity) -> ttl(identity)))
            .build();

    TokenIdentityProvider(TokenVerifier verifier, JWTAuthContextInfo settings) {
        this.verifier = verifier;
        this.settings = settings;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public int priority() {
        return BEFORE_QUARKUS;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        var identity = cache.getIfPresent(request.getToken().getToken());
        return identity != null
                ? Uni.createFrom().item(identity)
                : context.runBlocking(() -> verified(request.getToken()));
    }

    private SecurityIdentity verified(TokenCredential token) {
        try {
            var identity = identity(verifier.verify(token.getToken(), settings));
            cache.put(token.getToken(), identity);
            return identity;
        } catch (ParseException e) {
            throw new AuthenticationFailedException(e);
        }
    }

    /** Until the token expires, but only for a short time, because a key may be withdrawn. */
    private static Duration ttl(SecurityIdentity identity) {
        var token = (JsonWebToken) identity.getPrincipal();
        var validity = Duration.between(Instant.now(), Instant.ofEpochSecond(token.getExpirationTime()));
        if (validity.isNegative()) {
            return Duration.ZERO;
        }
        return validity.compareTo(CACHE_TTL) < 0 ? validity : CACHE_TTL;
    }

    private static SecurityIdentity identity(JsonWebToken token) {
        var granted = scopes(token);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(token)
                .addPermissionChecker(required -> Uni.createFrom().item(granted.contains(scope(required))))
                .build();
    }

    private static Set<String> scopes(JsonWebToken token) {
        Set<String> granted = new HashSet<>(Claims.words(token, "scope"));
        for (String group : Claims.words(token, "groups")) {
            Role.of(group).ifPresent(role -> granted.addAll(role.scopes()));
        }
        return granted;
    }

    private static String scope(Permission required) {
        var actions = required.getActions();
        return actions == null || actions.isEmpty() ? required.getName() : required.getName() + ":" + actions;
    }
}
