package io.clientela.security;

import io.clientela.http.problem.ProblemException;
import io.clientela.security.TokenVerifier.UnknownKeyException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Permission;

/**
 * Authenticates the bearer of a token, a JWT or an API key, and grants the token's scopes, so that resources can
 * require them with {@code @PermissionsAllowed}.
 *
 * <p>Callers send one JWT many times, and verifying it costs more than most requests; so the identities of good JWTs
 * are cached for a minute. Other JWTs are verified by a worker thread.
 */
@ApplicationScoped
public class TokenIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {
    private static final int BEFORE_THE_PLATFORM = 2 * SYSTEM_FIRST;

    private final IssuerKeys keys;
    private final ApiKeys apiKeys;
    private final BearerCache cache = new BearerCache();

    TokenIdentityProvider(IssuerKeys keys, ApiKeys apiKeys) {
        this.keys = keys;
        this.apiKeys = apiKeys;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public int priority() {
        return BEFORE_THE_PLATFORM;
    }

    /**
     * Authenticates the bearer of a token.
     *
     * @throws AuthenticationFailedException if the token is not to be trusted
     * @throws ProblemException 503 if the issuer's keys cannot be had, 403 for a location claim that is not one, 400
     *     for a second {@code Authorization} header
     */
    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext platform) {
        requireOneHeader(request);
        var token = request.getToken().getToken().strip();
        return apiKeys.bearer(token)
                .map(bearer -> bearer.map(found -> identity(found)))
                .orElseGet(() -> verified(token, platform));
    }

    private Uni<SecurityIdentity> verified(String token, AuthenticationRequestContext platform) {
        return cache.get(token).map(identity -> Uni.createFrom().item(identity)).orElseGet(() -> verify(token, platform)
                .invoke(identity -> cache.put(token, identity)));
    }

    private Uni<SecurityIdentity> verify(String token, AuthenticationRequestContext platform) {
        return onContext(keys.current())
                .chain(verifier -> platform.runBlocking(() -> identity(token, verifier)))
                .onFailure(UnknownKeyException.class)
                .recoverWithUni(() -> onContext(keys.fetched())
                        .chain(verifier -> platform.runBlocking(() -> identity(token, verifier))))
                .onFailure(UnknownKeyException.class)
                .transform(AuthenticationFailedException::new);
    }

    private static SecurityIdentity identity(String token, TokenVerifier verifier) {
        try {
            return identity(BearerClaims.read(verifier.verify(token)));
        } catch (ParseException e) {
            throw new AuthenticationFailedException(e);
        }
    }

    private static SecurityIdentity identity(Bearer bearer) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(bearer)
                .addPermissionChecker(
                        needed -> Uni.createFrom().item(bearer.scopes().contains(scope(needed))))
                .build();
    }

    private static String scope(Permission needed) {
        var actions = needed.getActions();
        return actions == null || actions.isEmpty() ? needed.getName() : needed.getName() + ":" + actions;
    }

    /** Two headers could mean two callers, and a proxy may have checked the other one (RFC 9110, section 5.3). */
    private static void requireOneHeader(TokenAuthenticationRequest request) {
        var exchange = HttpSecurityUtils.getRoutingContextAttribute(request);
        if (exchange != null
                && exchange.request()
                                .headers()
                                .getAll(HttpHeaders.AUTHORIZATION)
                                .size()
                        > 1) {
            throw ProblemException.invalidHeader("Authorization", "must be sent once");
        }
    }

    /** Goes on in the context of the request, whichever request began the fetch of keys. */
    private static <T> Uni<T> onContext(Uni<T> keys) {
        var context = Vertx.currentContext();
        return context == null ? keys : keys.emitOn(MutinyHelper.executor(context));
    }
}
