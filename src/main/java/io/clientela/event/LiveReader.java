package io.clientela.event;

import io.clientela.background.BackgroundWork;
import io.clientela.database.Database;
import io.clientela.history.Event;
import io.clientela.history.EventPosition;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Reads new events while streams are open: one statement for all tenants and streams of this instance, every few
 * milliseconds (ADR 21).
 */
@ApplicationScoped
class LiveReader {
    private static final Logger LOG = Logger.getLogger(LiveReader.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    /** The statement takes at most a fifth of the time. */
    private static final int MIN_PAUSES = 4;

    private final Database database;
    private final LiveTenants tenants;
    private final StreamFrames frames;
    private final EventMetrics metrics;
    private final EventSettings settings;
    private final BackgroundWork background;
    private final Vertx vertx;
    private final AtomicBoolean running = new AtomicBoolean();

    LiveReader(
            Database database,
            LiveTenants tenants,
            StreamFrames frames,
            EventMetrics metrics,
            EventSettings settings,
            BackgroundWork background,
            Vertx vertx) {
        this.database = database;
        this.tenants = tenants;
        this.frames = frames;
        this.metrics = metrics;
        this.settings = settings;
        this.background = background;
        this.vertx = vertx;
    }

    /** Begins to read, unless this instance does so already. */
    void start() {
        if (running.compareAndSet(false, true)) {
            background.start(this::readOn, failure -> LOG.error("Live streams of events have stopped", failure));
        }
    }

    private Uni<Void> readOn() {
        return Uni.createFrom()
                .deferred(this::readAndPause)
                .repeat()
                .until(pause -> tenants.isEmpty())
                .collect()
                .last()
                .onTermination()
                .invoke(this::stop)
                .replaceWithVoid();
    }

    /** Also goes on if a stream joined after the last look. */
    private void stop() {
        running.set(false);
        if (!tenants.isEmpty()) {
            start();
        }
    }

    private Uni<Duration> readAndPause() {
        long start = System.nanoTime();
        return read().map(read -> pauseAfter(Duration.ofNanos(System.nanoTime() - start)))
                .onFailure()
                .invoke(failure -> LOG.warnf("Events cannot be read, next try in %s: %s", RETRY_DELAY, failure))
                .onFailure()
                .recoverWithItem(RETRY_DELAY)
                .call(this::pause);
    }

    private Uni<Void> pause(Duration pause) {
        return Uni.createFrom()
                .emitter(emitter -> vertx.setTimer(Math.max(1, pause.toMillis()), fired -> emitter.complete(null)));
    }

    private Duration pauseAfter(Duration statement) {
        var min = statement.multipliedBy(MIN_PAUSES);
        return min.compareTo(settings.pollInterval()) > 0 ? min : settings.pollInterval();
    }

    /** Reads the next events of all tenants, and sends them. */
    private Uni<Void> read() {
        return database.queryAllTenants(EventStatements.NEXT_OF_TENANTS, values(tenants.positions()))
                .invoke(rows -> rows.forEach(this::send))
                .replaceWithVoid();
    }

    private void send(Row row) {
        var event = Event.of(row);
        var position = new EventPosition(row.getLong("transaction"), event.id());
        metrics.sent(event, tenants.send(new LiveEvent(event, position, row.getString("location"), frames.of(event))));
    }

    private static Tuple values(Map<String, EventPosition> positions) {
        return Tuple.of(
                positions.keySet().toArray(String[]::new),
                positions.values().stream().map(EventPosition::transactionId).toArray(Long[]::new),
                positions.values().stream().map(EventPosition::eventId).toArray(UUID[]::new));
    }
}
