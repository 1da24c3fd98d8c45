package io.clientela.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.clientela.background.BackgroundWork;
import io.clientela.database.Database;
import io.clientela.history.EventCursors;
import io.clientela.support.ApiTest;
import io.clientela.support.NoBackgroundWorkProfile;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances of the service that share the comparison, each started once by the test. */
@QuarkusTest
@TestProfile(NoBackgroundWorkProfile.class)
class DuplicateFinderTest extends ApiTest {
    private static final String DUPLICATES = "/v1/duplicates";
    private static final String ANA = "{\"name\":\"Ana Beatriz Costa\",\"email\":\"ana.costa@example.com\"}";

    @Inject
    Database database;

    @Inject
    DuplicateFinder finder;

    @Inject
    DuplicateSettings settings;

    @Inject
    DuplicateMetrics metrics;

    @Inject
    MeterRegistry meters;

    @Inject
    BackgroundWork background;

    /** Each comparison of a batch is one insert of keys; each advance of a position is recorded with its instance. */
    @BeforeEach
    void recordBatches() {
        TestDatabase.execute("CREATE TABLE comparison (transaction_id xid8 DEFAULT pg_current_xact_id())");
        TestDatabase.execute("""
                CREATE FUNCTION record_comparison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    INSERT INTO comparison DEFAULT VALUES;
                    RETURN NULL;
                END $$""");
        TestDatabase.execute("CREATE TRIGGER record_comparison AFTER INSERT ON duplicate_key"
                + " FOR EACH STATEMENT EXECUTE FUNCTION record_comparison()");
        TestDatabase.execute("CREATE TABLE batch (tenant_id text, event_id uuid, instance uuid)");
        TestDatabase.execute("""
                CREATE FUNCTION record_batch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    INSERT INTO batch VALUES (new.tenant_id, new.event_id, new.leased_by);
                    RETURN new;
                END $$""");
        TestDatabase.execute("CREATE TRIGGER record_batch AFTER UPDATE OF transaction_id ON event_cursor"
                + " FOR EACH ROW EXECUTE FUNCTION record_batch()");
    }

    @AfterEach
    void dropRecord() {
        TestDatabase.execute("DROP FUNCTION record_batch CASCADE");
        TestDatabase.execute("DROP FUNCTION record_comparison CASCADE");
        TestDatabase.execute("DROP TABLE batch, comparison");
    }

    @Test
    void twoFindersShareTheTenants() throws Throwable {
        var tenants = Stream.generate(TestTenant::fresh).limit(20).toList();
        tenants.forEach(DuplicateFinderTest::createDuplicates);

        run(finder, otherFinder());

        var names = tenants.stream().map(TestTenant::name).toArray(String[]::new);
        assertThat(TestDatabase.column("SELECT tenant_id FROM batch WHERE tenant_id = ANY (?)", (Object) names))
                .containsExactlyInAnyOrder(names);
        assertThat(TestDatabase.column("SELECT DISTINCT instance FROM batch WHERE tenant_id = ANY (?)", (Object) names))
                .hasSize(2);
        assertThat(comparisons()).isEqualTo(tenants.size());
        tenants.forEach(DuplicateFinderTest::assertCompared);
    }

    @Test
    void oneTenantIsComparedByOneFinder() throws Throwable {
        var tenant = TestTenant.fresh();
        for (int i = 0; i < 150; i++) {
            tenant.createNamed("A" + i + " B" + i);
        }

        run(finder, otherFinder());

        assertThat(TestDatabase.column("SELECT event_id FROM batch WHERE tenant_id = ?", tenant.name()))
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(TestDatabase.column("SELECT DISTINCT instance FROM batch WHERE tenant_id = ?", tenant.name()))
                .hasSize(1);
        assertThat(comparisons()).isEqualTo(2);
        tenant.call().get(DUPLICATES).then().body("meta.pending", equalTo(0));
    }

    @Test
    void tenantOfKilledInstanceIsTakenOver() throws Throwable {
        var leased = TestTenant.fresh();
        var free = TestTenant.fresh();
        createDuplicates(leased);
        createDuplicates(free);
        TestDatabase.execute(
                "INSERT INTO event_cursor (tenant_id, reader, leased_by, leased_until)"
                        + " VALUES (?, 'duplicates', gen_random_uuid(), now() + interval '1 hour')",
                leased.name());

        run(finder);
        assertCompared(free);
        leased.call().get(DUPLICATES).then().body("data", empty()).body("meta.pending", equalTo(2));

        TestDatabase.execute("UPDATE event_cursor SET leased_until = now() WHERE tenant_id = ?", leased.name());
        leased.awaitCompared();
        assertCompared(leased);
    }

    /** A later change that committed earlier does not make the finder pass the open one. */
    @Test
    void changeOfOpenTransactionIsComparedAfterCommit() throws Throwable {
        var tenant = TestTenant.fresh();
        tenant.create(ANA);
        var other = tenant.createNamed("Kofi Mensah");
        run(finder);

        try (var writer = TestDatabase.connect()) {
            writer.setAutoCommit(false);
            for (var statement : List.of(
                    "UPDATE customer SET name = 'Ana Beatriz Costa', email = 'ana.costa@example.com',"
                            + " email_key = 'ana.costa@example.com', version = 2 WHERE id = '" + other + "'",
                    "INSERT INTO customer_event (tenant_id, id, customer_id, customer_version, type, at, changes)"
                            + " SELECT tenant_id, gen_random_uuid(), id, 2, 'customer.updated', now(), '{\"name\":{}}'"
                            + " FROM customer WHERE id = '" + other + "'")) {
                writer.createStatement().executeUpdate(statement);
            }
            tenant.createNamed("Robert Brown");
            run(finder);
            tenant.call().get(DUPLICATES).then().body("data", empty()).body("meta.pending", equalTo(1));
            writer.commit();
        }

        tenant.call().get(DUPLICATES).then().body("meta.pending", equalTo(2));
        tenant.awaitCompared();
        assertCompared(tenant);
    }

    @Test
    void metricsCountWhatWasCompared() throws Throwable {
        run(finder);
        double before = meters.get("clientela.duplicates.compared").counter().count();
        createDuplicates(TestTenant.fresh());
        createDuplicates(TestTenant.fresh());

        run(finder);

        assertThat(meters.get("clientela.duplicates.compared").counter().count() - before)
                .isEqualTo(4);
        assertThat(meters.get("clientela.duplicates.tenants.behind").gauge().value())
                .isEqualTo(2);
        run(finder);
        assertThat(meters.get("clientela.duplicates.tenants.behind").gauge().value())
                .isZero();
    }

    private static int comparisons() {
        return TestDatabase.column("SELECT transaction_id FROM comparison").size();
    }

    private DuplicateFinder otherFinder() {
        var queue = new DuplicateQueue(database, new EventCursors(database));
        return new DuplicateFinder(
                queue, new DuplicateComparison(database, queue, metrics), settings, metrics, background);
    }

    private static void run(DuplicateFinder... finders) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> Uni.join()
                .all(Stream.of(finders).map(DuplicateFinder::processTenants).toList())
                .andFailFast());
    }

    private static void createDuplicates(TestTenant tenant) {
        tenant.create(ANA);
        tenant.create(ANA);
    }

    private static void assertCompared(TestTenant tenant) {
        tenant.call().get(DUPLICATES).then().body("data", hasSize(1)).body("meta.pending", equalTo(0));
    }
}
