package io.clientela.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/** Computes aside what would hold up an event loop, and with it all requests that the loop serves. */
public final class WorkerThread {
    private WorkerThread() {}

    /** Returns the result of a computation that runs on a worker thread; what follows runs on the request's context. */
    public static <T> Uni<T> compute(Callable<T> computation) {
        return Uni.createFrom().completionStage(() -> Vertx.currentContext()
                .executeBlocking(computation, false)
                .toCompletionStage());
    }
}
