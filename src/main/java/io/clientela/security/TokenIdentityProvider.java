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
 * Says who the bearer of a token is, and grants the token's scopes, so that resources can ask for them with
 * {@code @PermissionsAllowed}: those of the {@code scope} claim (space-separated by RFC 8693, section 4.2, or an array)
 * and those that its groups bundle.
 *
 * <p>Callers send one token many times, and verifying it is dearer than most of what they ask for; so whom a good token
 * names is remembered for a minute, and never beyond its expiry. A token that is not remembered is verified by a worker
 * thread, for that may fetch keys.
 */
@ApplicationScoped
public class TokenIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {
    private static final int MAX_CACHED = 10_000;
    private static final Duration CACHE_TTL = Duration.ofMinutes(1);
    private static final int BEFORE_THE_PLATFORM = 2 * SYSTEM_FIRST;

    private final TokenVerifier verifier;
    private final JWTAuthContextInfo settings;

    /** Bearers of good tokens; only those, so that nobody can fill it with others. */
    private final Cache<String, SecurityIdentity> known = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfter(Expiry.creating((String token, SecurityIdentity bearer) -> kept(bearer)))
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
        return BEFORE_THE_PLATFORM;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext platform) {
        var bearer = known.getIfPresent(request.getToken().getToken());
        return bearer != null
                ? Uni.createFrom().item(bearer)
                : platform.runBlocking(() -> verified(request.getToken()));
    }

    private SecurityIdentity verified(TokenCredential token) {
        try {
            var bearer = identity(verifier.verify(token.getToken(), settings));
            known.put(token.getToken(), bearer);
            return bearer;
        } catch (ParseException e) {
            throw new AuthenticationFailedException(e);
        }
    }

    /** A token is not verified again until it expires, and for a short time only: a key may be withdrawn. */
    private static Duration kept(SecurityIdentity bearer) {
        var token = (JsonWebToken) bearer.getPrincipal();
        var left = Duration.between(Instant.now(), Instant.ofEpochSecond(token.getExpirationTime()));
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(CACHE_TTL) < 0 ? left : CACHE_TTL;
    }

    private static SecurityIdentity identity(JsonWebToken token) {
        var granted = scopes(token);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(token)
                .addPermissionChecker(needed -> Uni.createFrom().item(granted.contains(scope(needed))))
                .build();
    }

    private static Set<String> scopes(JsonWebToken token) {
        Set<String> granted = new HashSet<>(Claims.words(token, "scope"));
        for (String group : Claims.words(token, "groups")) {
            Role.of(group).ifPresent(role -> granted.addAll(role.scopes()));
        }
        return granted;
    }

    private static String scope(Permission needed) {
        var actions = needed.getActions();
        return actions == null || actions.isEmpty() ? needed.getName() : needed.getName() + ":" + actions;
    }
}
