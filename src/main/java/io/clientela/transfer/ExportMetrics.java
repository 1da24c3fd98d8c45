package io.clientela.transfer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Measures exports of lists, by format. All series exist from the start, so that the first export is a change. */
@Singleton
@Startup
class ExportMetrics {
    /** How an export ended. */
    private enum Outcome {
        /** The whole file was sent. */
        COMPLETED,
        /** It failed after its first piece, or the client hung up or did not read. */
        CUT,
        /** It failed before its first piece, and was answered with a problem. */
        REJECTED;

        static Outcome of(boolean stopped, boolean begun) {
            if (!stopped) {
                return COMPLETED;
            }
            return begun ? CUT : REJECTED;
        }
    }

    private final AtomicInteger running = new AtomicInteger();
    private final Map<FileFormat, Counter> rows;
    private final Map<FileFormat, Counter> bytes;
    private final Map<FileFormat, Map<Outcome, Timer>> exports;

    ExportMetrics(MeterRegistry meters) {
        Gauge.builder("clientela.exports.running", running, AtomicInteger::get)
                .description("Exports of lists that are being sent")
                .register(meters);
        rows = each(FileFormat.class, format -> Counter.builder("clientela.exports.rows")
                .description("Customers in exports of lists")
                .tag("format", format.toString())
                .register(meters));
        bytes = each(FileFormat.class, format -> Counter.builder("clientela.exports.bytes")
                .description("Bytes of exports of lists, as they were sent")
                .tag("format", format.toString())
                .register(meters));
        exports = each(
                FileFormat.class,
                format -> each(Outcome.class, outcome -> Timer.builder("clientela.exports")
                        .description("Exports of lists that ended, and the time that they took")
                        .tag("format", format.toString())
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .register(meters)));
    }

    private static <K extends Enum<K>, V> Map<K, V> each(Class<K> type, Function<K, V> value) {
        Map<K, V> values = new EnumMap<>(type);
        Arrays.stream(type.getEnumConstants()).forEach(key -> values.put(key, value.apply(key)));
        return values;
    }

    /** Counts customers of a file. */
    void countRows(FileFormat format, int count) {
        rows.get(format).increment(count);
    }

    /**
     * Returns the pieces of a file as they are sent, and measures them from the request of the first one to the end.
     */
    Multi<byte[]> measured(FileFormat format, Multi<byte[]> pieces) {
        return Multi.createFrom().deferred(() -> {
            var export = new Export(format);
            return pieces.invoke(export::count).onTermination().invoke(export::end);
        });
    }

    /** An export that is being sent, one piece at a time. */
    private final class Export {
        private final FileFormat format;
        private final Timer.Sample started = Timer.start();
        private boolean begun;

        Export(FileFormat format) {
            this.format = format;
            running.incrementAndGet();
        }

        void count(byte[] piece) {
            begun = true;
            bytes.get(format).increment(piece.length);
        }

        void end(Throwable failure, boolean cancelled) {
            running.decrementAndGet();
            // A client that hangs up before the first piece got no problem either.
            var outcome = Outcome.of(failure != null || cancelled, begun || cancelled);
            started.stop(exports.get(format).get(outcome));
        }
    }
}
