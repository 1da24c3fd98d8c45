package io.clientela.webhook;

import io.clientela.background.BackgroundWork;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Follows the events for webhooks and sends what is due, in the background: each endpoint by a run of its own. */
@ApplicationScoped
class DeliveryWorker {
    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);

    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(15);

    /** Longer than an attempt. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(12);

    private static final long STOP_CHECK_MILLIS = 20;

    private final WebhookFanOut fanOut;
    private final DeliveryQueue queue;
    private final DeliveryWork work;
    private final DeliverySlots slots;
    private final DeliverySettings settings;
    private final WebhookMetrics metrics;
    private final BackgroundWork background;

    private final Map<Endpoint, EndpointRun> running = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    DeliveryWorker(
            WebhookFanOut fanOut,
            DeliveryQueue queue,
            DeliveryWork work,
            DeliverySlots slots,
            DeliverySettings settings,
            WebhookMetrics metrics,
            BackgroundWork background) {
        this.fanOut = fanOut;
        this.queue = queue;
        this.work = work;
        this.slots = slots;
        this.settings = settings;
        this.metrics = metrics;
        this.background = background;
    }

    void schedule(@Observes StartupEvent started) {
        background.every(settings.every(), "webhook-events", () -> tolerant(fanOut.run(this::startDue)));
        background.every(settings.every(), "webhook-deliveries", () -> tolerant(startDue()));
        background.every(
                settings.every().isZero() ? Duration.ZERO : COUNT_INTERVAL,
                "webhook-metrics",
                () -> tolerant(queue.countUnfinished().invoke(metrics::setUnfinished)));
    }

    /** What fails here is tried again by the next run. */
    private Uni<Void> tolerant(Uni<?> job) {
        return job.replaceWithVoid()
                .onFailure(failure -> !stopping)
                .invoke(failure -> LOG.warnf("Webhooks failed, next try soon: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** Sends what is due, without waiting for it. */
    Uni<Void> startDue() {
        return queue.dueEndpoints()
                .invoke(endpoints -> endpoints.forEach(this::start))
                .replaceWithVoid();
    }

    /** Sends what is due at an endpoint, without waiting for it. */
    void start(Endpoint endpoint) {
        var run = new EndpointRun(endpoint, work, background);
        var present = running.putIfAbsent(endpoint, run);
        if (present == null) {
            background.start(
                    () -> run.run().onTermination().invoke(() -> ended(endpoint, run)),
                    failure -> LOG.warnf(
                            "Deliveries to webhook %s of tenant %s failed, next try soon: %s",
                            endpoint.webhook(), endpoint.tenant(), failure));
        } else {
            present.wake();
        }
    }

    /** Whoever asked while the run was ending must not be left waiting. */
    private void ended(Endpoint endpoint, EndpointRun run) {
        running.remove(endpoint);
        if (run.isAwake()) {
            start(endpoint);
        }
    }

    /** Waits for the answers to what is being sent; what takes longer is sent again by another instance. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        slots.close();
        long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
        while (!running.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(STOP_CHECK_MILLIS);
        }
        if (!running.isEmpty()) {
            LOG.warn("Some deliveries were not answered; another instance sends them again after 30 s");
        }
    }
}
