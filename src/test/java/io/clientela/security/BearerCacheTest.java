package io.clientela.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BearerCacheTest {
    private static final int ONE_MEBIBYTE = 1024 * 1024;

    @Test
    void sizeIsBoundedByTheTenantsNamed() {
        var cache = new BearerCache(ONE_MEBIBYTE);
        var heavy = identity(3600, 1000);

        IntStream.range(0, 50).forEach(i -> cache.put("token " + i, heavy));

        assertThat(cache.size()).isBetween(1L, 8L);
    }

    @Test
    void thousandsOfUsualBearersFit() {
        var cache = new BearerCache();
        var usual = identity(3600, 1);

        IntStream.range(0, 10_000).forEach(i -> cache.put("token " + i, usual));

        assertThat(cache.size()).isEqualTo(10_000);
    }

    @Test
    void bearerIsNotCachedBeyondExpiry() throws InterruptedException {
        var cache = new BearerCache();
        cache.put("expired", identity(0, 1));
        cache.put("short", identity(2, 1));

        assertThat(cache.get("expired")).isEmpty();
        assertThat(cache.get("short")).isPresent();
        TimeUnit.MILLISECONDS.sleep(2100);
        assertThat(cache.get("short")).isEmpty();
    }

    /** The native image finds it by its name. */
    @Test
    void implementationIsTheRegisteredClass() {
        var classes =
                List.of(new BearerCache().implementation().asMap().getClass().getName());

        assertThat(classes).containsExactly(BearerCache.IMPLEMENTATION);
    }

    private static SecurityIdentity identity(int secondsToLive, int tenants) {
        var names = IntStream.range(0, tenants).mapToObj(i -> "tenant-" + i).toList();
        var expiry = Instant.now().plusSeconds(secondsToLive);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new Bearer(Optional.of("jane"), names, Optional.empty(), Set.of(), expiry))
                .build();
    }
}
