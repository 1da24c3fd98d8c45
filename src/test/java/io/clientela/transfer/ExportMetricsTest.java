package io.clientela.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import org.junit.jupiter.api.Test;

/** What is measured of an export, however it ends. */
class ExportMetricsTest {
    private static final byte[] PIECE = new byte[100];

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExportMetrics metrics = new ExportMetrics(meters);
    private final UnicastProcessor<byte[]> pieces = UnicastProcessor.create();

    private AssertSubscriber<byte[]> export() {
        return metrics.measured(FileFormat.CSV, pieces)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private double running() {
        return meters.get("clientela.exports.running").gauge().value();
    }

    private double bytes(String format) {
        return meters.get("clientela.exports.bytes")
                .tag("format", format)
                .counter()
                .count();
    }

    /** Only this many exports of the format have ended like this, and none otherwise. */
    private void assertEnded(String format, String outcome) {
        assertThat(meters.get("clientela.exports").timers()).allSatisfy(timer -> {
            boolean expected = timer.getId().getTag("format").equals(format)
                    && timer.getId().getTag("outcome").equals(outcome);
            assertThat(timer.count()).as(timer.getId().toString()).isEqualTo(expected ? 1 : 0);
        });
        assertThat(running()).isZero();
    }

    @Test
    void allSeriesExistFromTheStart() {
        assertThat(meters.get("clientela.exports").timers()).hasSize(6);
        assertThat(meters.get("clientela.exports.rows").counters()).hasSize(2);
        assertThat(bytes("csv")).isZero();
        assertThat(bytes("ndjson")).isZero();
    }

    @Test
    void wholeFileIsCompleted() {
        export();
        assertThat(running()).isEqualTo(1);

        pieces.onNext(PIECE);
        pieces.onNext(PIECE);
        pieces.onComplete();

        assertEnded("csv", "completed");
        assertThat(bytes("csv")).isEqualTo(200);
        assertThat(bytes("ndjson")).isZero();
    }

    @Test
    void failureAfterTheFirstPieceIsCut() {
        export();

        pieces.onNext(PIECE);
        pieces.onError(new IllegalStateException());

        assertEnded("csv", "cut");
    }

    @Test
    void failureBeforeTheFirstPieceIsRejected() {
        export();

        pieces.onError(new IllegalStateException());

        assertEnded("csv", "rejected");
    }

    @Test
    void cancelledExportIsCut() {
        export().cancel();

        assertEnded("csv", "cut");
    }

    @Test
    void cancellationAfterTheEndIsNotCounted() {
        var export = export();
        pieces.onNext(PIECE);
        pieces.onComplete();

        export.cancel();

        assertEnded("csv", "completed");
    }

    @Test
    void exportThatNobodyReadsIsNotCounted() {
        metrics.measured(FileFormat.NDJSON, Multi.createFrom().item(PIECE));

        assertThat(running()).isZero();
        assertThat(bytes("ndjson")).isZero();
    }
}
