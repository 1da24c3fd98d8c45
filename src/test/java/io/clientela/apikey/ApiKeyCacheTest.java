package io.clientela.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.security.Bearer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApiKeyCacheTest {
    private final ApiKeyCache cache = new ApiKeyCache();
    private final UUID id = UUID.randomUUID();

    private WorkingKey key(Duration valid, Duration readAgo) {
        var bearer = new Bearer(Optional.empty(), List.of("acme"), Optional.empty(), Set.of(), Instant.MAX);
        return new WorkingKey(id, "ck", bearer, List.of(), valid, System.nanoTime() - readAgo.toNanos(), false);
    }

    @Test
    void keyIsStored() {
        cache.put(key(Duration.ofDays(1), Duration.ZERO), cache.evictions());

        assertThat(cache.get(id)).isPresent();
    }

    @Test
    void readingFromBeforeEvictionIsNotStored() {
        long evictions = cache.evictions();
        cache.evict(id);

        cache.put(key(Duration.ofDays(1), Duration.ZERO), evictions);

        assertThat(cache.get(id)).isEmpty();
    }

    @Test
    void timeToLiveBeginsWithReading() {
        cache.put(key(Duration.ofDays(1), ApiKeyCache.TTL), cache.evictions());

        assertThat(cache.get(id)).isEmpty();
    }

    @Test
    void timeToLiveEndsWithKey() {
        cache.put(key(Duration.ofSeconds(1), Duration.ofSeconds(1)), cache.evictions());

        assertThat(cache.get(id)).isEmpty();
    }

    /** The native image finds it by its name, which BearerCache registers. */
    @Test
    void implementationIsTheRegisteredClass() {
        assertThat(cache.implementation().asMap().getClass().getName())
                .isEqualTo("com.github.benmanes.caffeine.cache.SSMWA");
    }
}
