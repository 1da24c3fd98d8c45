package io.clientela.security;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Permission;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Grants a caller the scopes of its token, so that resources can ask for them with {@code @PermissionsAllowed}: those
 * of the {@code scope} claim (space-separated by RFC 8693, section 4.2, or an array) and those that its groups bundle.
 */
@ApplicationScoped
public class ScopeAugmentor implements SecurityIdentityAugmentor {
    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().item(identity);
        }
        var granted = scopes(token);
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder(identity)
                        .addPermissionChecker(needed -> Uni.createFrom().item(granted.contains(scope(needed))))
                        .build());
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
