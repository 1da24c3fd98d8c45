package io.clientela.security;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The caller that a verified token names, with what the token permits. It holds no part of the token itself, so that a
 * cache of bearers holds neither secrets nor the length of tokens.
 *
 * @param subject the {@code sub} claim, at most 255 characters
 * @param tenants the tenants that the {@code tenant} claim names, each a valid name, without repetitions
 * @param location the {@code location} claim, 1 to 64 characters: the only business location that the caller may reach
 * @param scopes the scopes that the token grants, of those that the service knows
 * @param expiresAt the {@code exp} claim
 * @param issuedAt the {@code iat} claim
 * @param session the session of the customer in which this service issued the token; empty for other issuers
 */
public record Bearer(
        Optional<String> subject,
        List<String> tenants,
        Optional<String> location,
        Set<String> scopes,
        Instant expiresAt,
        Optional<Instant> issuedAt,
        Optional<Long> session)
        implements Principal {
    /** The most characters that a location's name has. */
    public static final int MAX_LOCATION_LENGTH = 64;

    /** The claim with the session, in tokens of this service. */
    public static final String SESSION_CLAIM = "clientela_session";

    /** Creates a bearer whose credential has no time of issue and belongs to no session. */
    public Bearer(
            Optional<String> subject,
            List<String> tenants,
            Optional<String> location,
            Set<String> scopes,
            Instant expiresAt) {
        this(subject, tenants, location, scopes, expiresAt, Optional.empty(), Optional.empty());
    }

    @Override
    public String getName() {
        return subject.orElse("");
    }
}
