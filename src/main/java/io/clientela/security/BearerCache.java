package io.clientela.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.clientela.http.Sha256;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.identity.SecurityIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The identities of verified tokens, by the SHA-256 of the token: each for a minute at most, because a key may be
 * withdrawn, and never beyond the token's expiry. The memory that they take is bounded, however many tenants they name.
 */
@RegisterForReflection(classNames = BearerCache.IMPLEMENTATION, fields = true)
final class BearerCache {
    /** The class by which Caffeine implements this cache, which it finds by name. */
    static final String IMPLEMENTATION = "com.github.benmanes.caffeine.cache.SSMWA";

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final long MAX_BYTES = 16 * 1024 * 1024;

    /** An identity with its key, its scopes and a subject of usual length. */
    private static final int BYTES_PER_BEARER = 1_200;

    /** The longest name of a tenant, and its place in the list. */
    private static final int BYTES_PER_TENANT = 120;

    private final Cache<ByteBuffer, SecurityIdentity> identities;

    BearerCache() {
        this(MAX_BYTES);
    }

    BearerCache(long maxBytes) {
        identities = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((ByteBuffer token, SecurityIdentity identity) -> bytes(bearer(identity)))
                .expireAfter(Expiry.creating((ByteBuffer token, SecurityIdentity identity) -> ttl(bearer(identity))))
                .build();
    }

    Optional<SecurityIdentity> get(String token) {
        return Optional.ofNullable(identities.getIfPresent(digest(token)));
    }

    /** Stores the identity of a token that was verified; its principal is a {@link Bearer}. */
    void put(String token, SecurityIdentity identity) {
        identities.put(digest(token), identity);
    }

    /** Returns how many identities are stored. */
    long size() {
        identities.cleanUp();
        return identities.estimatedSize();
    }

    /** The platform's cache below this one. */
    Cache<ByteBuffer, SecurityIdentity> implementation() {
        return identities;
    }

    private static Bearer bearer(SecurityIdentity identity) {
        return (Bearer) identity.getPrincipal();
    }

    private static int bytes(Bearer bearer) {
        return BYTES_PER_BEARER + bearer.tenants().size() * BYTES_PER_TENANT;
    }

    private static Duration ttl(Bearer bearer) {
        var left = Duration.between(Instant.now(), bearer.expiresAt());
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(TTL) < 0 ? left : TTL;
    }

    private static ByteBuffer digest(String token) {
        return ByteBuffer.wrap(Sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    }
}
