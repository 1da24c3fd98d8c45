package io.clientela.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientela.database.Database;
import io.clientela.support.Platform;
import io.clientela.support.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
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

/** Events are followed past transactions that commit in any order. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class EventCursorsTest {
    private static final EventReader READER = new EventReader("test", Set.of("customer.created"), Set.of("name"));
    private static final int WRITERS = 8;
    private static final int TRANSACTIONS = 40;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Inject
    EventCursors cursors;

    @Inject
    Database database;

    private final String tenant = "t-" + UUID.randomUUID();

    @Test
    void eventsOfOpenTransactionsAreNotPassed() throws SQLException {
        try (var early = open();
                var late = open()) {
            var first = add(early, "customer.created", "{}");
            var second = add(late, "customer.created", "{}");
            late.commit();

            assertThat(next(10)).isEmpty();
            assertThat(await(cursors.countCustomers(READER, tenant))).isOne();
            early.commit();

            assertThat(next(10).orElseThrow().customers()).containsExactlyInAnyOrder(first, second);
            assertThat(await(cursors.countCustomers(READER, tenant))).isEqualTo(2);
        }
    }

    @Test
    void eventsAreSelectedByTypeOrField() throws SQLException {
        try (var writer = open()) {
            add(writer, "customer.created", "{}");
            add(writer, "customer.updated", "{\"notes\":{},\"name\":{\"from\":\"a\",\"to\":\"b\"}}");
            add(writer, "customer.updated", "{\"notes\":{\"from\":\"name\",\"to\":{\"name\":1}}}");
            add(writer, "call.added", "{}");
            writer.commit();
        }

        var customers = await(cursors.countCustomers(READER, tenant));
        var first = next(2).orElseThrow();
        advance(first.end());
        var second = next(10).orElseThrow();
        advance(second.end());

        assertThat(customers).isEqualTo(2);
        assertThat(first.customers()).hasSize(2);
        assertThat(second.customers()).isEmpty();
        assertThat(next(10)).isEmpty();
    }

    /** Writers hold their transactions open for random times, and roll some back, while the reader follows. */
    @Test
    void concurrentTransactionsAreAllReadOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            var writers = IntStream.range(0, WRITERS)
                    .mapToObj(seed -> CompletableFuture.supplyAsync(() -> write(new Random(seed)), threads))
                    .toList();
            var all = CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
            Set<UUID> read = new HashSet<>();
            int pages = 0;

            for (boolean done = false; !done; ) {
                done = all.isDone() && await(cursors.countCustomers(READER, tenant)) == 0;
                var page = next(7);
                if (page.isPresent()) {
                    page.get().customers().forEach(customer -> assertThat(read.add(customer))
                            .isTrue());
                    advance(page.get().end());
                    pages++;
                }
            }

            Set<UUID> committed = new HashSet<>();
            writers.forEach(writer -> committed.addAll(writer.join()));
            assertThat(read).isEqualTo(committed);
            assertThat(pages).isGreaterThan(committed.size() / 7);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void leaseExcludesOtherInstancesUntilItEnds() {
        var other = new EventCursors(database);
        assertThat(await(cursors.lease(READER, tenant))).isTrue();
        assertThat(await(other.lease(READER, tenant))).isFalse();

        await(cursors.release(READER, tenant));
        assertThat(await(other.lease(READER, tenant))).isTrue();
        await(cursors.release(READER, tenant));
        assertThat(await(cursors.lease(READER, tenant))).isFalse();

        TestDatabase.execute("UPDATE event_cursor SET leased_until = now() WHERE tenant_id = ?", tenant);
        assertThat(await(cursors.lease(READER, tenant))).isTrue();
        assertThatThrownBy(() -> await(database.transaction(
                        tenant,
                        transaction ->
                                other.advance(transaction, READER, tenant, new EventPosition(1, UUID.randomUUID())))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tenantsBehindAreThoseWithUnreadEvents() throws SQLException {
        try (var writer = open()) {
            add(writer, "customer.created", "{}");
            writer.commit();
        }
        assertThat(await(cursors.tenantsBehind(READER))).contains(tenant);

        await(cursors.lease(READER, tenant));
        assertThat(await(cursors.tenantsBehind(READER))).doesNotContain(tenant);

        await(cursors.release(READER, tenant));
        assertThat(await(cursors.tenantsBehind(READER))).contains(tenant);

        advance(next(10).orElseThrow().end());
        await(cursors.release(READER, tenant));
        assertThat(await(cursors.tenantsBehind(READER))).doesNotContain(tenant);
    }

    /** With the statements of docs/operations.md: a dump has transaction ids and positions of another server. */
    @Test
    void restoredEventsAreReadAfterReset() throws SQLException {
        await(cursors.lease(READER, tenant));
        try (var writer = open()) {
            var restored = add(writer, "customer.created", "{}");
            writer.commit();
            TestDatabase.execute(
                    "UPDATE customer_event SET transaction_id = '9000000000000' WHERE tenant_id = ?", tenant);
            TestDatabase.execute(
                    "UPDATE event_cursor SET transaction_id = '9000000000001' WHERE tenant_id = ?", tenant);
            var later = add(writer, "customer.created", "{}");
            writer.commit();
            assertThat(next(10)).isEmpty();

            TestDatabase.execute(
                    "UPDATE customer_event SET transaction_id = '0'"
                            + " WHERE transaction_id >= pg_current_xact_id() AND tenant_id = ?",
                    tenant);
            TestDatabase.execute(
                    "UPDATE event_cursor SET transaction_id = '0', event_id = '00000000-0000-0000-0000-000000000000',"
                            + " leased_until = NULL WHERE tenant_id = ?",
                    tenant);

            assertThat(next(10).orElseThrow().customers()).containsExactlyInAnyOrder(restored, later);
        }
    }

    /** Returns the customers of committed events. */
    private Set<UUID> write(Random random) {
        try (var writer = open()) {
            Set<UUID> committed = new HashSet<>();
            for (int i = 0; i < TRANSACTIONS; i++) {
                Set<UUID> written = new HashSet<>();
                for (int events = 1 + random.nextInt(3); events > 0; events--) {
                    written.add(add(writer, "customer.created", "{}"));
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(10));
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(10) == 0 ? 100 : random.nextInt(20));
                if (random.nextInt(5) == 0) {
                    writer.rollback();
                } else {
                    writer.commit();
                    committed.addAll(written);
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

    private static Connection open() throws SQLException {
        var session = TestDatabase.connect();
        session.setAutoCommit(false);
        return session;
    }

    /** Writes an event as the service does; returns the customer. */
    private UUID add(Connection writer, String type, String changes) throws SQLException {
        var customer = UUID.randomUUID();
        try (var insert = writer.prepareStatement(
                "INSERT INTO customer_event (tenant_id, id, customer_id, customer_version, type, at, changes)"
                        + " VALUES (?, ?, ?, 1, ?, now(), ?)")) {
            insert.setString(1, tenant);
            insert.setObject(2, UuidVersion7Strategy.INSTANCE.generateUuid(null));
            insert.setObject(3, customer);
            insert.setString(4, type);
            insert.setString(5, changes);
            insert.executeUpdate();
        }
        return customer;
    }

    private Optional<EventPage> next(int max) {
        return await(cursors.next(READER, tenant, max));
    }

    private void advance(EventPosition end) {
        await(cursors.lease(READER, tenant));
        await(database.transaction(tenant, transaction -> cursors.advance(transaction, READER, tenant, end)));
    }

    private static <T> T await(Uni<T> result) {
        return result.await().atMost(TIMEOUT);
    }
}
