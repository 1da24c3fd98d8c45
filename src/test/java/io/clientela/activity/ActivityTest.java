package io.clientela.activity;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Bulk operations on customer items, which no single route exposes. */
@QuarkusTest
class ActivityTest extends ApiTest {
    /** Runs bulk operations in a transaction, as features do. */
    @ApplicationScoped
    static class BulkTransaction {
        @Inject
        Caller caller;

        @Inject
        Activity activity;

        @ActivateRequestContext
        <T> Uni<T> transaction(String tenant, Function<Activity, Uni<T>> work) {
            caller.set(tenant, "tester", null, false, null);
            return Panache.withTransaction(() -> work.apply(activity));
        }
    }

    @Inject
    BulkTransaction bulk;

    private final TestTenant tenant = TestTenant.fresh();

    private <T> T inTransaction(Function<Activity, Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> bulk.transaction(tenant.name(), work));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private UUID customerWith(String name, String... addresses) {
        var id = tenant.createNamed(name);
        for (String address : addresses) {
            tenant.json("{\"line1\":\"" + address + "\"}")
                    .post(CUSTOMERS + "/" + id + "/addresses")
                    .then()
                    .statusCode(201);
        }
        tenant.json("{\"started_at\":\"2026-01-01T00:00:00Z\"}")
                .post(CUSTOMERS + "/" + id + "/calls")
                .then()
                .statusCode(201);
        tenant.json("{\"total\":1.5,\"placed_at\":\"2026-01-01T00:00:00Z\"}")
                .post(CUSTOMERS + "/" + id + "/orders")
                .then()
                .statusCode(201);
        return UUID.fromString(id);
    }

    private List<String> addressesOf(UUID customer) {
        return TestDatabase.column(
                "SELECT line1 || CASE WHEN is_default THEN '*' ELSE '' END FROM customer_address WHERE customer_id = ?"
                        + " ORDER BY line1",
                customer);
    }

    @Test
    void moveBackReturnsMovedItems() {
        var a = customerWith("A", "a1", "a2");
        var b = customerWith("B", "b1");
        var target = customerWith("T", "t1");
        var movable = inTransaction(activity -> activity.countOf(List.of(a, b)));

        assertThat(movable).isEqualTo(new MoveCounts(3, 2, 2));

        var moved = inTransaction(activity -> activity.move(List.of(a, b), target));
        assertThat(moved).isEqualTo(new MoveCounts(3, 2, 2));
        assertThat(addressesOf(target)).containsExactly("a1", "a2", "b1", "t1*");

        var totals = inTransaction(activity -> activity.count(target));
        assertThat(totals.callCount()).isEqualTo(3);
        assertThat(totals.spending().totalSpent()).isEqualByComparingTo("4.50");
        assertThat(totals.spending().spendingOrders()).isEqualTo(3);
        assertThat(totals.firstOrderAt()).hasToString("2026-01-01T00:00:00Z");

        var returned = inTransaction(activity -> activity.moveBack(target, a, List.of(a)));
        assertThat(returned).isEqualTo(new MoveCounts(2, 1, 1));
        assertThat(addressesOf(a)).containsExactly("a1", "a2");
        assertThat(addressesOf(target)).containsExactly("b1", "t1*");

        var ofA = inTransaction(activity -> activity.count(a));
        assertThat(ofA.callCount()).isEqualTo(1);
    }

    @Test
    void moveKeepsFirstSourcesDefaultAddress() {
        var a = customerWith("A");
        var b = customerWith("B", "b1");
        var c = customerWith("C", "c1");
        var target = customerWith("T");
        inTransaction(activity -> activity.move(List.of(a, c, b), target));

        assertThat(addressesOf(target)).containsExactly("b1", "c1*");

        inTransaction(activity -> activity.moveBack(target, c, List.of(c)));
        assertThat(addressesOf(c)).containsExactly("c1*");

        inTransaction(activity -> activity.moveBack(target, b, List.of(b)));
        assertThat(addressesOf(b)).containsExactly("b1");
    }

    @Test
    void moveBackReturnsOriginsItemsOnly() {
        var a = customerWith("A", "a1");
        var b = customerWith("B", "b1");
        var target = customerWith("T");
        inTransaction(activity -> activity.move(List.of(a), b));
        inTransaction(activity -> activity.move(List.of(b), target));
        var both = inTransaction(activity -> activity.moveBack(target, b, List.of(a, b)));

        assertThat(both).isEqualTo(new MoveCounts(2, 2, 2));

        var onlyItsOwn = inTransaction(activity -> activity.moveBack(b, a, List.of(a)));
        assertThat(onlyItsOwn).isEqualTo(new MoveCounts(1, 1, 1));
        assertThat(addressesOf(a)).hasSize(1);
        assertThat(addressesOf(b)).hasSize(1);
    }

    @Test
    void defaultAddressIsSetAndCleared() {
        var a = customerWith("A", "a1", "a2");
        var second = UUID.fromString(
                TestDatabase.column("SELECT id FROM customer_address WHERE customer_id = ? AND line1 = 'a2'", a)
                        .get(0));
        inTransaction(activity -> activity.setDefaultAddress(a, second));
        var set = inTransaction(activity -> activity.defaultAddresses(List.of(a)));

        assertThat(set).isEqualTo(Map.of(a, second));
        assertThat(addressesOf(a)).containsExactly("a1", "a2*");

        inTransaction(activity -> activity.setDefaultAddress(a, null));
        var none = inTransaction(activity -> activity.defaultAddresses(List.of(a)));
        assertThat(none).isEmpty();
    }

    @Test
    void membershipsAreAddedOnceAndRemoved() {
        var customer = customerWith("A");
        var one = cluster("one");
        var two = cluster("two");
        var added = inTransaction(activity -> activity.addClusters(customer, List.of(one)));

        assertThat(added).containsExactly(one);

        var addedLater =
                inTransaction(activity -> activity.addClusters(customer, List.of(one, two, UUID.randomUUID())));
        assertThat(addedLater).containsExactly(two);

        var all = inTransaction(activity -> activity.clustersOf(List.of(customer)));
        assertThat(all.get(customer)).containsExactlyInAnyOrder(one, two);

        var removed = inTransaction(activity -> activity.removeClusters(customer, List.of(one)));
        assertThat(removed).isEqualTo(1);

        var remaining = inTransaction(activity -> activity.clustersOf(List.of(customer)));
        assertThat(remaining).isEqualTo(Map.of(customer, List.of(two)));
    }

    @Test
    void moveHandlesHundredThousandCalls() {
        var a = customerWith("A");
        var target = customerWith("T");
        TestDatabase.execute(
                "INSERT INTO customer_call (tenant_id, id, customer_id, origin_id, external_id, direction, started_at,"
                        + " created_at, updated_at) SELECT ?, gen_random_uuid(), ?, ?, 'x' || i, 'inbound',"
                        + " timestamptz '2020-01-01 00:00Z' + i * interval '1 minute', now(), now()"
                        + " FROM generate_series(1, 100000) i",
                tenant.name(),
                a,
                a);
        var calls = inTransaction(activity -> activity.move(List.of(a), target));

        assertThat(calls.calls()).isEqualTo(100_001);

        var counted = inTransaction(activity -> activity.count(target));
        assertThat(counted.callCount()).isEqualTo(100_002);

        var back = inTransaction(activity -> activity.moveBack(target, a, List.of(a)));
        assertThat(back.calls()).isEqualTo(100_001);
    }

    private UUID cluster(String name) {
        return UUID.fromString(
                tenant.json("{\"name\":\"" + name + "\"}").post("/v1/clusters").path("id"));
    }
}
