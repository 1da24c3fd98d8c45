package io.clientela.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientela.support.Platform;
import io.clientela.support.SmallPoolProfile;
import io.clientela.support.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Streams of rows, with three connections for requests, one of them for streams. */
@QuarkusTest
@TestProfile(SmallPoolProfile.class)
@QuarkusTestResource(Platform.class)
class SnapshotTest {
    private static final String OPEN = "SELECT count(*) FROM pg_stat_activity"
            + " WHERE application_name = 'clientela' AND xact_start IS NOT NULL AND state <> 'idle'";

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    Database database;

    @Inject
    Pool pool;

    private static Select numbers(int count) {
        return new Select(false).add("SELECT n FROM generate_series(1, ?) AS n", count);
    }

    private Multi<Integer> stream(int count) {
        return database.snapshot(
                "a", snapshot -> snapshot.batches(numbers(count), () -> 10).map(RowSet::size));
    }

    private void assertNextStreamIsServed() {
        assertThat(stream(5).collect().asList().await().atMost(SOON)).containsExactly(5);
        assertThat(TestDatabase.column(OPEN)).containsExactly("0");
    }

    private static AssertSubscriber<Integer> subscribe(Multi<Integer> stream, long requests) {
        return stream.subscribe().withSubscriber(AssertSubscriber.create(requests));
    }

    @Test
    void rowsAreReadInBatches() {
        assertThat(stream(25).collect().asList().await().atMost(SOON)).containsExactly(10, 10, 5);
        assertNextStreamIsServed();
    }

    @Test
    void oneBatchIsReadAhead() throws InterruptedException {
        var read = new AtomicInteger();
        var reader = subscribe(
                database.snapshot("a", snapshot -> snapshot.batches(numbers(1000), () -> {
                            read.incrementAndGet();
                            return 10;
                        })
                        .map(RowSet::size)),
                2);
        reader.awaitItems(2, SOON);

        TimeUnit.MILLISECONDS.sleep(200);

        assertThat(read).hasValue(3);
        reader.cancel();
        awaitClosed();
        assertNextStreamIsServed();
    }

    @Test
    void cancelledStreamReturnsConnection() {
        var reader = subscribe(stream(1000), 1);
        reader.awaitItems(1, SOON);
        assertThat(TestDatabase.column(OPEN)).containsExactly("1");

        reader.cancel();

        awaitClosed();
        assertNextStreamIsServed();
    }

    @Test
    void streamCancelledBeforeItsConnectionReturnsIt() {
        for (int i = 0; i < 20; i++) {
            subscribe(stream(10), 1).cancel();
            awaitClosed();
        }

        assertNextStreamIsServed();
    }

    @Test
    void failedStreamReturnsConnection() {
        var failing = database.snapshot(
                "a",
                snapshot -> snapshot.batches(
                        new Select(false).add("SELECT 1 / (3 - n) FROM generate_series(1, 9) AS n"), () -> 1));

        assertThatThrownBy(() -> failing.collect().asList().await().atMost(SOON))
                .hasMessageContaining("division by zero");

        awaitClosed();
        assertNextStreamIsServed();
    }

    @Test
    void workThatThrowsReturnsConnection() {
        var failing = database.snapshot("a", snapshot -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> failing.collect().asList().await().atMost(SOON))
                .hasMessageContaining("broken");

        awaitClosed();
        assertNextStreamIsServed();
    }

    @Test
    void statementsSeeOneSnapshot() {
        var changed = new CompletableFuture<Integer>();
        var count =
                new Select(false).add("SELECT count(*) AS n FROM event_cursor WHERE tenant_id = ?", "snapshot-test");

        var counts = database.snapshot("a", snapshot -> Multi.createBy()
                        .concatenating()
                        .streams(
                                snapshot.batches(count, () -> 10),
                                Multi.createFrom()
                                        .<RowSet<Row>>empty()
                                        .onCompletion()
                                        .invoke(
                                                () -> changed.complete(
                                                        TestDatabase.execute(
                                                                "INSERT INTO event_cursor (tenant_id, reader) VALUES ('snapshot-test', 'r')"))),
                                snapshot.batches(count, () -> 10))
                        .map(rows -> rows.iterator().next().getLong("n")))
                .collect()
                .asList()
                .await()
                .atMost(SOON);

        assertThat(changed).isCompletedWithValue(1);
        assertThat(counts).containsExactly(0L, 0L);
        TestDatabase.execute("DELETE FROM event_cursor WHERE tenant_id = 'snapshot-test'");
    }

    @Test
    void streamOlderThanTimeoutFails() {
        var old = pool.getConnection()
                .chain(connection -> Snapshot.begin(connection, Duration.ZERO))
                .onItem()
                .transformToMulti(snapshot ->
                        snapshot.batches(numbers(5), () -> 10).onTermination().call(snapshot::close));

        assertThatThrownBy(() -> old.collect().asList().await().atMost(SOON))
                .hasRootCauseInstanceOf(TimeoutException.class);
    }

    private static void awaitClosed() {
        for (int attempts = 200; attempts > 0 && !TestDatabase.column(OPEN).equals(List.of("0")); attempts--) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        assertThat(TestDatabase.column(OPEN)).containsExactly("0");
    }
}
