package io.clientela.background;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs work beside the requests. */
@Singleton
public class BackgroundWork {
    private final Scheduler scheduler;
    private final Vertx vertx;

    BackgroundWork(Scheduler scheduler, Vertx vertx) {
        this.scheduler = scheduler;
        this.vertx = vertx;
    }

    /**
     * Runs work regularly, in this instance never twice at the same time.
     *
     * @param interval the time between two runs, and before the first one; with zero, it never runs
     */
    public void every(Duration interval, String name, Supplier<Uni<Void>> work) {
        if (interval.isZero()) {
            return;
        }
        scheduler
                .newJob(name)
                .setInterval(interval.toString())
                .setDelayed(interval.toString())
                .setConcurrentExecution(Scheduled.ConcurrentExecution.SKIP)
                .setAsyncTask(execution -> work.get())
                .schedule();
    }

    /**
     * Starts work without waiting for it, on a context of its own, which does not end with the request that asks for it
     * and has nothing of it.
     */
    public void start(Supplier<Uni<Void>> work, Consumer<Throwable> onFailure) {
        VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
                .runOnContext(started -> work.get().subscribe().with(done -> {}, onFailure));
    }
}
