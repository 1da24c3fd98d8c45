package io.clientela.event;

import io.clientela.event.EventQuery.Start;
import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.TenantLimit;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Opens streams of events: each reads until it has caught up with the tenant's others, and then shares what they get.
 */
@ApplicationScoped
class LiveStreams {
    /** How many events are read at once to catch up. */
    private static final int PAGE = 100;

    private final EventFeed feed;
    private final LiveTenants tenants;
    private final LiveReader reader;
    private final StreamFrames frames;
    private final EventMetrics metrics;
    private final TenantLimit limit;
    private volatile boolean stopping;

    LiveStreams(
            EventFeed feed,
            LiveTenants tenants,
            LiveReader reader,
            StreamFrames frames,
            EventMetrics metrics,
            EventSettings settings) {
        this.feed = feed;
        this.tenants = tenants;
        this.reader = reader;
        this.frames = frames;
        this.metrics = metrics;
        this.limit = new TenantLimit(settings.maxStreamsPerTenant(), settings.maxStreams());
    }

    /**
     * Returns the text of a stream, from its start on and without an end, piece by piece on the context of the request.
     *
     * @throws ProblemException 429, 503, 410 {@code events_gone}, 400 for an unknown start; as failures of the stream
     */
    Multi<byte[]> open(LiveStream stream, Start start) {
        return Multi.createFrom().deferred(() -> {
            acquire(stream.tenant());
            return Multi.createBy()
                    .concatenating()
                    .streams(caughtUp(stream, start), stream.live())
                    .emitOn(MutinyHelper.executor(Vertx.currentContext()), 1)
                    .onTermination()
                    .invoke(() -> release(stream));
        });
    }

    private void acquire(String tenant) {
        if (stopping) {
            throw Failures.overloaded();
        }
        limit.acquire(tenant);
        metrics.open().incrementAndGet();
    }

    private void release(LiveStream stream) {
        tenants.leave(stream);
        metrics.open().decrementAndGet();
        limit.release(stream.tenant());
    }

    private Multi<byte[]> caughtUp(LiveStream stream, Start start) {
        var next = new AtomicReference<>(start);
        var beginning = new AtomicBoolean(true);
        return Multi.createBy()
                .repeating()
                .uni(() -> feed.read(stream.tenant(), stream.filter(), next.get(), PAGE))
                .whilst(slice -> !join(stream, slice, next))
                .map(slice -> beginning.getAndSet(false) ? frames.beginning(slice) : frames.of(slice));
    }

    /** Returns whether a stream has caught up. */
    private boolean join(LiveStream stream, EventSlice slice, AtomicReference<Start> next) {
        next.set(Start.after(slice.end().eventId()));
        stream.moveTo(slice.end());
        if (slice.events().size() == PAGE || !tenants.join(stream)) {
            return false;
        }
        reader.start();
        if (stopping) {
            stream.end();
        }
        return true;
    }

    /** Ends all streams, so that their readers go on elsewhere and the shutdown does not wait for them. */
    void stop(@Observes ShutdownDelayInitiatedEvent stopped) {
        stopping = true;
        tenants.streams().forEach(LiveStream::end);
    }
}
