package io.clientela.event;

import io.clientela.history.Event;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** What the live streams of this instance do. */
@Singleton
class EventMetrics {
    private final AtomicInteger open = new AtomicInteger();
    private final Counter letGo;
    private final Timer delay;

    EventMetrics(MeterRegistry meters) {
        Gauge.builder("clientela.events.streams", open, AtomicInteger::get)
                .description("Open streams of events")
                .register(meters);
        letGo = Counter.builder("clientela.events.let.go")
                .description("Streams of events that were ended because their readers were too slow")
                .register(meters);
        delay = Timer.builder("clientela.events.delay")
                .description("From a change to its event being sent to streams")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(meters);
    }

    AtomicInteger open() {
        return open;
    }

    /** @param slowStreams how many streams were let go, since they had no room for the event */
    void sent(Event event, long slowStreams) {
        delay.record(Duration.between(event.at(), Instant.now()));
        letGo.increment(slowStreams);
    }

    void letGo() {
        letGo.increment();
    }
}
