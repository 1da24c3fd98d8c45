package io.clientela.apikey;

import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.security.Bearer;
import io.clientela.tenancy.CallerFilter;
import java.time.Instant;
import java.util.List;

/**
 * What a key grants.
 *
 * @param scopes the scopes
 * @param location the only business location that it reaches, or null for all
 * @param expiresAt its end, or null for none
 */
record ApiKeyGrant(List<String> scopes, String location, Instant expiresAt) {
    /** The subject of a caller with an API key is this and the key's id. */
    static final String ACTOR_PREFIX = "api-key:";

    /** Returns the grant, with the end of the maker if it has none itself and the maker is an API key that ends. */
    ApiKeyGrant endingWith(Bearer maker) {
        return expiresAt == null && isEndingKey(maker) ? new ApiKeyGrant(scopes, location, maker.expiresAt()) : this;
    }

    /**
     * Checks that somebody who is about to obtain a secret with this grant has all of it.
     *
     * @throws ProblemException 403 {@code insufficient_scope}, {@code location_forbidden} or {@code grant_refused}
     */
    void requireWithin(Bearer maker) {
        var missing =
                scopes.stream().filter(scope -> !maker.scopes().contains(scope)).toList();
        if (!missing.isEmpty()) {
            throw ProblemException.insufficientScope(String.join(" ", missing));
        }
        if (maker.location().isPresent() && !maker.location().get().equals(location)) {
            throw CallerFilter.outside();
        }
        if (isEndingKey(maker) && (expiresAt == null || expiresAt.isAfter(maker.expiresAt()))) {
            throw new ProblemException(
                    ProblemCode.GRANT_REFUSED,
                    "The key would outlast the API key of this request. Give it an end that is not later, or use"
                            + " another credential.");
        }
    }

    /** A JWT ends soon, whatever it makes; a key's end was meant for all that it gives access to. */
    private static boolean isEndingKey(Bearer maker) {
        return maker.getName().startsWith(ACTOR_PREFIX) && maker.expiresAt().isBefore(Instant.MAX);
    }
}
