package io.clientela.transfer.imports;

import io.clientela.background.BackgroundWork;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Works on imports in the background, one at a time and each for a while, so that a small one does not wait for all of
 * a large one. Other instances work on others.
 */
@ApplicationScoped
class ImportWorker {
    private static final Logger LOG = Logger.getLogger(ImportWorker.class);

    private static final Duration SLICE = Duration.ofSeconds(2);
    private static final double RETRY_SECONDS = 5;
    private static final double ABANDONED_SECONDS = 300;
    private static final long STOP_SECONDS = 5;

    private final ImportWork work;
    private final ImportRun run;
    private final ImportSettings settings;
    private final ImportMetrics metrics;
    private final BackgroundWork background;

    private final Semaphore idle = new Semaphore(1);
    private volatile boolean stopping;

    ImportWorker(
            ImportWork work, ImportRun run, ImportSettings settings, ImportMetrics metrics, BackgroundWork background) {
        this.work = work;
        this.run = run;
        this.settings = settings;
        this.metrics = metrics;
        this.background = background;
    }

    void schedule(@Observes StartupEvent started) {
        background.every(settings.every(), "imports", () -> work.abandonUploads(ABANDONED_SECONDS)
                .onFailure()
                .invoke(failure -> LOG.debug("Imports cannot be looked for", failure))
                .onFailure()
                .recoverWithNull()
                .invoke(this::start));
    }

    /** Ends the piece that is being written, so that another instance can go on at once. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        if (!idle.tryAcquire(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("An import is still being written; another instance goes on after 30 s");
        }
    }

    /** Begins to work on the imports that wait, unless this instance does so already. */
    void start() {
        if (stopping || !idle.tryAcquire()) {
            return;
        }
        background.start(this::workOnAll, failure -> LOG.warnf("Imports failed, next try soon: %s", failure));
    }

    private Uni<Void> workOnAll() {
        return Uni.createFrom()
                .deferred(this::next)
                .repeat()
                .until(found -> !found || stopping)
                .collect()
                .last()
                .onTermination()
                .invoke(() -> idle.release())
                .replaceWithVoid();
    }

    /** Works on the next import for a while. Returns whether there was one. */
    private Uni<Boolean> next() {
        return work.lease().chain(leased -> leased.map(job -> work(job).replaceWith(true))
                .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Uni<Void> work(ImportJob job) {
        long end = System.nanoTime() + SLICE.toNanos();
        metrics.begun();
        return run.run(job, () -> !stopping && System.nanoTime() < end)
                .onItemOrFailure()
                .transformToUni((done, failure) -> {
                    if (failure == null || failure instanceof LeaseLostException) {
                        return work.release(job, 0);
                    }
                    LOG.warnf("Import %s failed, next try in %.0f s: %s", job.id(), RETRY_SECONDS, failure);
                    return work.release(job, RETRY_SECONDS);
                })
                .onTermination()
                .invoke(metrics::ended);
    }
}
