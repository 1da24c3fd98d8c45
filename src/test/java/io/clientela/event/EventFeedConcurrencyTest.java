package io.clientela.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestEvents;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.junit.jupiter.api.Test;

/** Readers of the feed miss nothing, in whatever order transactions commit. */
@QuarkusTest
class EventFeedConcurrencyTest extends ApiTest {
    private static final int WRITERS = 6;
    private static final int TRANSACTIONS = 25;
    private static final String WANTED = "call.added";
    private static final String OTHER = "order.added";

    private final TestTenant tenant = TestTenant.fresh();

    /** What the writers committed, by type. */
    private record Written(Set<String> wanted, Set<String> all) {
        Written() {
            this(new HashSet<>(), new HashSet<>());
        }

        void add(Written others) {
            wanted.addAll(others.wanted);
            all.addAll(others.all);
        }
    }

    @Test
    void readersMissNothingOfOpenTransactions() {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2);
        try {
            var writers = IntStream.range(0, WRITERS)
                    .mapToObj(seed -> CompletableFuture.supplyAsync(() -> write(new Random(seed)), threads))
                    .toList();
            var end = CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
            var readAll = CompletableFuture.supplyAsync(() -> follow("limit=7", end), threads);
            var readWanted = CompletableFuture.supplyAsync(() -> follow("limit=3&types=" + WANTED, end), threads);

            var written = new Written();
            writers.forEach(writer -> written.add(writer.join()));

            assertThat(readAll.join()).doesNotHaveDuplicates().hasSameElementsAs(written.all());
            assertThat(readWanted.join()).doesNotHaveDuplicates().hasSameElementsAs(written.wanted());
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void openTransactionDelaysLaterEvents() throws SQLException {
        var start = tenant.call().get("/v1/events?after=latest").<String>path("meta.next");
        String late;
        try (var writer = open()) {
            late = add(writer, WANTED);
            tenant.createNamed("Jane");

            tenant.call().get("/v1/events?after=" + start).then().body("data", empty());
            writer.commit();
        }
        TestEvents.awaitSettled(tenant);

        tenant.call().get("/v1/events?limit=1&after=" + start).then().body("data.id", contains(late));
    }

    /** Reads page by page until the writers have ended and nothing follows; returns what it read. */
    private List<String> follow(String query, CompletableFuture<Void> end) {
        List<String> read = new ArrayList<>();
        var after = EventQuery.Start.BEFORE_ALL.toString();
        while (true) {
            boolean last = end.isDone() && TestEvents.areSettled(tenant);
            var page = tenant.call()
                    .get("/v1/events?" + query + "&after=" + after)
                    .then()
                    .statusCode(200)
                    .extract();
            read.addAll(page.path("data.id"));
            String next = page.path("meta.next");
            if (last && next.equals(after)) {
                return read;
            }
            after = next;
        }
    }

    private Written write(Random random) {
        try (var writer = open()) {
            var committed = new Written();
            for (int i = 0; i < TRANSACTIONS; i++) {
                var written = writeSome(writer, random);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(10) == 0 ? 100 : random.nextInt(20));
                if (random.nextInt(5) == 0) {
                    writer.rollback();
                } else {
                    writer.commit();
                    committed.add(written);
                }
            }
            return committed;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Written writeSome(Connection writer, Random random) throws SQLException, InterruptedException {
        var written = new Written();
        for (int events = 1 + random.nextInt(3); events > 0; events--) {
            boolean wanted = random.nextBoolean();
            var id = add(writer, wanted ? WANTED : OTHER);
            written.all().add(id);
            if (wanted) {
                written.wanted().add(id);
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(10));
        }
        return written;
    }

    private static Connection open() throws SQLException {
        var session = TestDatabase.connect();
        session.setAutoCommit(false);
        return session;
    }

    /** Writes an event as the service does; returns its id. */
    private String add(Connection writer, String type) throws SQLException {
        var id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        try (var insert = writer.prepareStatement(
                "INSERT INTO customer_event (tenant_id, id, customer_id, customer_version, type, at)"
                        + " VALUES (?, ?, ?, 1, ?, now())")) {
            insert.setString(1, tenant.name());
            insert.setObject(2, id);
            insert.setObject(3, UUID.randomUUID());
            insert.setString(4, type);
            insert.executeUpdate();
        }
        return id.toString();
    }
}
