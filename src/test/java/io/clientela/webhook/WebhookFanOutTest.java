package io.clientela.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.Parallel;
import io.clientela.support.StrictProfile;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.junit.jupiter.api.Test;

/** Each event is added once for each webhook, in the order of its customer. */
@QuarkusTest
@TestProfile(StrictProfile.class)
class WebhookFanOutTest extends ApiTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int CUSTOMERS = 6;
    private static final int CHANGES = 60;

    @Inject
    WebhookFanOut fanOut;

    private final TestTenant tenant = TestTenant.fresh();

    private void addDeliveries() {
        fanOut.run(() -> Uni.createFrom().voidItem()).await().atMost(TIMEOUT);
    }

    private List<String> statuses(UUID subject) {
        return TestDatabase.column(
                "SELECT subject_version || ' ' || status FROM webhook_delivery WHERE tenant_id = ? AND subject_id = ?"
                        + " ORDER BY subject_version",
                tenant.name(),
                subject);
    }

    private long count() {
        return Long.parseLong(
                TestDatabase.column("SELECT count(*) FROM webhook_delivery WHERE tenant_id = ?", tenant.name())
                        .get(0));
    }

    private static void insert(Connection session, String tenant, UUID customer, int version) throws SQLException {
        try (var insert = session.prepareStatement(
                "INSERT INTO customer_event (tenant_id, id, customer_id, customer_version, type, at)"
                        + " VALUES (?, ?, ?, ?, 'customer.updated', now())")) {
            insert.setString(1, tenant);
            insert.setObject(2, UuidVersion7Strategy.INSTANCE.generateUuid(null));
            insert.setObject(3, customer);
            insert.setInt(4, version);
            insert.executeUpdate();
        }
    }

    @Test
    void racingInstancesAddEachDeliveryOnce() {
        WebhookFixture.of(tenant, "https://crm.invalid", "customer.*");
        var customers = IntStream.range(0, CUSTOMERS)
                .mapToObj(i -> tenant.createNamed("Customer " + i))
                .toList();
        var done = new AtomicBoolean();
        var instances = Collections.nCopies(3, (Runnable) () -> {
                    while (!done.get()) {
                        addDeliveries();
                    }
                })
                .stream()
                .map(CompletableFuture::runAsync)
                .toList();

        Parallel.sendUntilServed(CHANGES, i -> tenant.request(TestTenant.CUSTOMERS + "/" + customers.get(i % CUSTOMERS))
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"notes\":\"" + i + "\"}"))
                .build());
        WebhookFixture.await(() -> count() >= CUSTOMERS + CHANGES, "deliveries of all events");
        done.set(true);
        instances.forEach(CompletableFuture::join);

        assertThat(count()).isEqualTo(CUSTOMERS + CHANGES);
        assertThat(customers).allSatisfy(id -> assertThat(statuses(UUID.fromString(id)))
                .hasSize(CHANGES / CUSTOMERS + 1)
                .startsWith("1 pending", "2 waiting")
                .filteredOn(status -> status.endsWith("pending"))
                .hasSize(1));
    }

    /** The transaction of the second change had begun to write first, and is the last one of a page. */
    @Test
    void earlierChangeOfNextPageComesFirst() throws SQLException {
        WebhookFixture.of(tenant, "https://crm.invalid", "customer.*");
        var customer = UUID.randomUUID();
        // The page begins with the event of the webhook.
        TestDatabase.execute(
                "INSERT INTO customer_event (tenant_id, id, customer_id, customer_version, type, at)"
                        + " SELECT ?, gen_random_uuid(), gen_random_uuid(), 1, 'customer.created', now()"
                        + " FROM generate_series(1, ?)",
                tenant.name(),
                WebhookFanOut.MAX_EVENTS - 2);
        try (var second = TestDatabase.connect();
                var first = TestDatabase.connect()) {
            second.setAutoCommit(false);
            insert(second, tenant.name(), customer, 2);
            insert(first, tenant.name(), customer, 1);
            second.commit();
        }

        addDeliveries();

        assertThat(statuses(customer)).containsExactly("1 pending", "2 waiting");
        assertThat(count()).isEqualTo(WebhookFanOut.MAX_EVENTS);
    }

    /** Between the transactions of two later changes and those of two earlier ones, another one is still open. */
    @Test
    void earlierChangesBehindOpenTransactionComeFirst() throws SQLException {
        WebhookFixture.of(tenant, "https://crm.invalid", "customer.*");
        var customer = UUID.randomUUID();
        try (var later = TestDatabase.connect();
                var open = TestDatabase.connect();
                var earlier = TestDatabase.connect()) {
            later.setAutoCommit(false);
            insert(later, tenant.name(), customer, 3);
            insert(later, tenant.name(), customer, 4);
            open.setAutoCommit(false);
            insert(open, tenant.name(), UUID.randomUUID(), 1);
            insert(earlier, tenant.name(), customer, 1);
            insert(earlier, tenant.name(), customer, 2);
            later.commit();

            addDeliveries();

            assertThat(statuses(customer)).containsExactly("1 pending", "2 waiting", "3 waiting", "4 waiting");
            open.commit();
            addDeliveries();
            assertThat(count()).isEqualTo(5);
        }
    }

    @Test
    void eventsOfOtherTenantsAreNotAdded() {
        WebhookFixture.of(tenant, "https://crm.invalid", "*");
        var other = TestTenant.fresh();
        WebhookFixture.of(other, "https://crm.invalid", "call.*");
        other.createNamed("Jane");

        addDeliveries();

        assertThat(count()).isZero();
    }
}
