package io.clientela.transfer.imports;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The metrics of the imports that this instance works on. */
@Singleton
class ImportMetrics {
    private final AtomicInteger running = new AtomicInteger();
    private final Counter bytes;
    private final Map<RowOutcome.Effect, Counter> rows = new EnumMap<>(RowOutcome.Effect.class);

    ImportMetrics(MeterRegistry meters) {
        Gauge.builder("clientela.imports.running", running, AtomicInteger::get)
                .description("Imports that this instance works on")
                .register(meters);
        this.bytes = Counter.builder("clientela.imports.bytes")
                .description("Bytes of files whose rows were imported or refused")
                .register(meters);
        for (var effect : RowOutcome.Effect.values()) {
            rows.put(
                    effect,
                    Counter.builder("clientela.imports.rows")
                            .description("Rows of imports by what became of them")
                            .tag("outcome", effect.toString())
                            .register(meters));
        }
    }

    void begun() {
        running.incrementAndGet();
    }

    void ended() {
        running.decrementAndGet();
    }

    void count(Done done) {
        bytes.increment(done.bytes());
        done.counts().forEach((effect, count) -> rows.get(effect).increment(count));
    }
}
