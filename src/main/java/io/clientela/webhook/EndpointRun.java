package io.clientela.webhook;

import io.clientela.background.BackgroundWork;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Sends the deliveries of one endpoint that are due, until there are none. It takes turns: each writes the results that
 * have come since the last one, and leases as many deliveries as may be sent beside those that are.
 */
final class EndpointRun {
    private static final Logger LOG = Logger.getLogger(EndpointRun.class);

    private final Endpoint endpoint;
    private final DeliveryWork work;
    private final BackgroundWork background;

    private final List<DeliveryResult> results = new ArrayList<>();
    private UniEmitter<? super Void> sleeping;
    private int inFlight;
    private boolean awake;

    EndpointRun(Endpoint endpoint, DeliveryWork work, BackgroundWork background) {
        this.endpoint = endpoint;
        this.work = work;
        this.background = background;
    }

    /** Returns when nothing is due and nothing is being sent. */
    Uni<Void> run() {
        return Uni.createFrom()
                .deferred(this::turn)
                .repeat()
                .until(done -> done)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Boolean> turn() {
        return work.turn(endpoint, drain(), inFlight())
                .invoke(this::send)
                .chain(() -> isIdle() ? Uni.createFrom().item(true) : sleep());
    }

    private void send(DeliveryTurn turn) {
        synchronized (this) {
            inFlight += turn.due().size();
        }
        turn.due()
                .forEach(delivery -> background.start(
                        () -> work.send(endpoint, turn.target().orElseThrow(), delivery)
                                .onItemOrFailure()
                                .invoke((result, failure) -> complete(result))
                                .replaceWithVoid(),
                        failure -> LOG.errorf(failure, "Delivery %s failed in an unexpected way", delivery.id())));
    }

    /** Without a result, the delivery is sent again after its lease. */
    private void complete(DeliveryResult result) {
        synchronized (this) {
            inFlight--;
            if (result != null) {
                results.add(result);
            }
        }
        wake();
    }

    private synchronized List<DeliveryResult> drain() {
        awake = false;
        var drained = List.copyOf(results);
        results.clear();
        return drained;
    }

    /** Returns whether somebody asked for another turn. */
    synchronized boolean isAwake() {
        return awake;
    }

    private synchronized int inFlight() {
        return inFlight;
    }

    private synchronized boolean isIdle() {
        return inFlight == 0 && results.isEmpty() && !awake;
    }

    /** Returns false when there is a reason for another turn. */
    private Uni<Boolean> sleep() {
        return Uni.createFrom().<Void>emitter(this::sleep).replaceWith(false);
    }

    private void sleep(UniEmitter<? super Void> emitter) {
        synchronized (this) {
            if (!awake) {
                sleeping = emitter;
                return;
            }
        }
        emitter.complete(null);
    }

    /** Makes it look for due deliveries at once. */
    void wake() {
        UniEmitter<? super Void> woken;
        synchronized (this) {
            awake = true;
            woken = sleeping;
            sleeping = null;
        }
        if (woken != null) {
            woken.complete(null);
        }
    }
}
