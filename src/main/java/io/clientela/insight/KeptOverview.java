package io.clientela.insight;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The overview of a tenant or location: the one that is kept, and the one that is being computed. Whoever asks for a
 * kept one that will soon be too old begins the next one, and does not wait for it.
 */
final class KeptOverview {
    private final Supplier<Uni<OverviewView>> computation;
    private final LongSupplier nanoTime;

    private Computed kept;
    private Computed running;

    /** @param begun when the computation began, by {@link System#nanoTime} */
    private record Computed(Uni<OverviewView> overview, long begun) {}

    KeptOverview(Supplier<Uni<OverviewView>> computation, LongSupplier nanoTime) {
        this.computation = computation;
        this.nanoTime = nanoTime;
    }

    /**
     * Returns the kept overview, or the one that is being computed.
     *
     * @param refreshAfter from this age on, the next one is computed
     * @param maxAge from this age on, the kept one is not returned
     */
    synchronized Uni<OverviewView> get(Duration refreshAfter, Duration maxAge) {
        var current = isYounger(kept, maxAge) ? kept : running;
        if (running == null && !isYounger(kept, refreshAfter)) {
            var begun = begin();
            return current == null ? begun : current.overview();
        }
        return current.overview();
    }

    private boolean isYounger(Computed computed, Duration age) {
        return computed != null && nanoTime.getAsLong() - computed.begun() < age.toNanos();
    }

    private Uni<OverviewView> begin() {
        var overview = Uni.createFrom().deferred(computation::get).memoize().indefinitely();
        var begun = new Computed(overview, nanoTime.getAsLong());
        running = begun;
        overview.subscribe().with(computed -> keep(begun), failure -> discard(begun));
        return overview;
    }

    private synchronized void keep(Computed computed) {
        kept = computed;
        running = null;
    }

    /** Whoever waits for a failed computation gets its failure; the next one who asks begins another one. */
    private synchronized void discard(Computed failed) {
        if (running == failed) {
            running = null;
        }
    }
}
