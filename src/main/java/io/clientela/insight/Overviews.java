package io.clientela.insight;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The overviews that were asked for lately, each kept for 60 seconds since its computation began. Of one tenant and
 * location there is one computation at a time: whoever asks meanwhile waits for it. A failed one is not kept.
 */
@Singleton
class Overviews {
    private static final Duration TTL = Duration.ofSeconds(60);

    /** An overview has at most 40 values of a ranking and 10 names: some 20 KiB. */
    private static final int MAX_CACHED = 1000;

    private record Key(String tenant, Optional<String> location) {}

    private final Cache<Key, Uni<OverviewView>> cache =
            Caffeine.newBuilder().expireAfterWrite(TTL).maximumSize(MAX_CACHED).build();

    private final BiFunction<String, Optional<String>, Uni<OverviewView>> computation;

    @Inject
    Overviews(OverviewReader reader, OverviewMetrics metrics) {
        this((tenant, location) ->
                reader.read(tenant, location).invoke(overview -> metrics.record(tenant, location, overview)));
    }

    /** @param computation computes the overview of a tenant, or of one of its locations */
    Overviews(BiFunction<String, Optional<String>, Uni<OverviewView>> computation) {
        this.computation = computation;
    }

    /** Returns the overview of a tenant, or of one of its locations. */
    Uni<OverviewView> get(String tenant, Optional<String> location) {
        var computed = cache.get(new Key(tenant, location), this::compute);
        // The computation ends on the context of the request that began it.
        return computed.emitOn(MutinyHelper.executor(Vertx.currentContext()));
    }

    private Uni<OverviewView> compute(Key key) {
        return Uni.createFrom()
                .deferred(() -> computation.apply(key.tenant(), key.location()))
                .onFailure()
                .invoke(() -> cache.invalidate(key))
                .memoize()
                .indefinitely();
    }
}
