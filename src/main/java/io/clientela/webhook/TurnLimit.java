package io.clientela.webhook;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Bounds how many transactions of deliveries this instance has at the same time, however many endpoints there are: the
 * connections are for requests. Endpoints take turns in the order in which they ask.
 */
@Singleton
class TurnLimit {
    private static final int MAX_TURNS = 4;

    private final Queue<UniEmitter<? super Void>> waiting = new ArrayDeque<>();
    private int running;

    /** Runs work once fewer than so many are running. */
    <T> Uni<T> run(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .<Void>emitter(this::enter)
                .chain(() ->
                        Uni.createFrom().<T>deferred(work::get).onTermination().invoke(this::leave));
    }

    private void enter(UniEmitter<? super Void> emitter) {
        synchronized (this) {
            if (running == MAX_TURNS) {
                waiting.add(emitter);
                return;
            }
            running++;
        }
        emitter.complete(null);
    }

    private void leave() {
        UniEmitter<? super Void> next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                running--;
            }
        }
        if (next != null) {
            next.complete(null);
        }
    }
}
