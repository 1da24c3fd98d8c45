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
import java.util.function.LongSupplier;

/**
 * The overviews that were asked for lately, each for 60 seconds since its computation began. Of one tenant and location
 * there is one computation at a time: whoever asks meanwhile waits for it, unless there is one that is young enough. A
 * failed one is not kept.
 */
@Singleton
public class Overviews {
    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    /** Who asks again within the rest of the time does not wait for the next overview. */
    private static final Duration REFRESH_AFTER = Duration.ofSeconds(30);

    /** An overview has at most 40 values of a ranking and 10 names: some 20 KiB. */
    private static final int MAX_CACHED = 1000;

    private record Key(String tenant, Optional<String> location) {}

    private final Cache<Key, KeptOverview> cache = Caffeine.newBuilder()
            .expireAfterAccess(MAX_AGE)
            .maximumSize(MAX_CACHED)
            .build();

    private final BiFunction<String, Optional<String>, Uni<OverviewView>> computation;
    private final LongSupplier nanoTime;

    @Inject
    Overviews(OverviewReader reader, OverviewMetrics metrics) {
        this(
                (tenant, location) ->
                        reader.read(tenant, location).invoke(overview -> metrics.record(tenant, location, overview)),
                System::nanoTime);
    }

    /**
     * @param computation computes the overview of a tenant, or of one of its locations
     * @param nanoTime the time, as {@link System#nanoTime} has it
     */
    Overviews(BiFunction<String, Optional<String>, Uni<OverviewView>> computation, LongSupplier nanoTime) {
        this.computation = computation;
        this.nanoTime = nanoTime;
    }

    /** Returns the overview of a tenant, or of one of its locations. */
    public Uni<OverviewView> get(String tenant, Optional<String> location) {
        var overview = cache.get(
                        new Key(tenant, location),
                        key -> new KeptOverview(() -> computation.apply(tenant, location), nanoTime))
                .get(REFRESH_AFTER, MAX_AGE);
        // The computation ends on the context of the request that began it.
        return overview.emitOn(MutinyHelper.executor(Vertx.currentContext()));
    }
}
