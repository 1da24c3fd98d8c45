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
 */
public record Bearer(
        Optional<String> subject,
        List<String> tenants,
        Optional<String> location,
        Set<String> scopes,
        Instant expiresAt)
        implements Principal {
    /** The most characters that a location's name has. */
    public static final int MAX_LOCATION_LENGTH = 64;

    @Override
    public String getName() {
        return subject.orElse("");
    }
}
