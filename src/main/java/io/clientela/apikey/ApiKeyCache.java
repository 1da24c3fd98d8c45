package io.clientela.apikey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys that were read lately, by id: each for at most three seconds since its reading began, which is how long a
 * key that another replica revokes goes on working on this one.
 *
 * <p>{@link #evict} is final: a reading that began before it is not stored after it.
 */
final class ApiKeyCache {
    /** The contract allows five seconds. */
    static final Duration TTL = Duration.ofSeconds(3);

    private static final long MAX_BYTES = 16 * 1024 * 1024;

    /** A key with its bearer, its scopes and names of usual length. */
    private static final int BYTES_PER_KEY = 1_200;

    private static final int BYTES_PER_HASH = 64;

    private final Cache<UUID, WorkingKey> keys = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((UUID id, WorkingKey key) -> BYTES_PER_KEY + key.hashes().size() * BYTES_PER_HASH)
            .expireAfter(Expiry.creating((UUID id, WorkingKey key) -> ttl(key)))
            .build();

    private long evictions;

    Optional<WorkingKey> get(UUID id) {
        return Optional.ofNullable(keys.getIfPresent(id));
    }

    /** Returns how many evictions there were; a reading passes it to {@link #put}. */
    synchronized long evictions() {
        return evictions;
    }

    /** Stores a key, unless a key was evicted since its reading began. */
    synchronized void put(WorkingKey key, long evictionsBefore) {
        if (evictions == evictionsBefore) {
            keys.put(key.id(), key);
        }
    }

    /** Removes a key that was changed. */
    synchronized void evict(UUID id) {
        evictions++;
        keys.invalidate(id);
    }

    /** The platform's cache below this one. */
    Cache<UUID, WorkingKey> implementation() {
        return keys;
    }

    private static Duration ttl(WorkingKey key) {
        var longest = key.valid().compareTo(TTL) < 0 ? key.valid() : TTL;
        var left = longest.minusNanos(System.nanoTime() - key.readAt());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
