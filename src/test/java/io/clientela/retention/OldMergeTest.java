package io.clientela.retention;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.RetentionProfile;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What merges store, after its time. */
@QuarkusTest
@TestProfile(RetentionProfile.class)
class OldMergeTest extends ApiTest {
    private static final String STORED = "SELECT m.changes || s.snapshot FROM merge m JOIN merged_customer s"
            + " ON s.tenant_id = m.tenant_id AND s.merge_id = m.id WHERE m.id = ?::uuid";
    private static final String CHANGES = "SELECT changes FROM merge WHERE id = ?::uuid";

    @Inject
    RetentionJob job;

    private final RetentionFixture data = new RetentionFixture();
    private final TestTenant tenant = data.tenant();
    private String target;
    private String source;
    private String merge;

    @BeforeEach
    void merge() {
        target = tenant.createNamed("Jane");
        source = tenant.create("{\"name\":\"Maria\",\"external_id\":\"m\",\"email\":\"maria@example.com\"}")
                .getString("id");
        merge = data.merge(target, source);
    }

    private void run() {
        job.run().await().atMost(Duration.ofMinutes(1));
    }

    private ValidatableResponse undo() {
        return tenant.call().post("/v1/merges/" + merge + "/undo").then();
    }

    @Test
    void snapshotsOfOldMergesAreDeleted() {
        RetentionFixture.ageMerge(merge, "366 days");

        run();

        assertThat(TestDatabase.column(STORED, merge)).containsExactly("{}{}");
        undo().statusCode(409).body("code", equalTo("undo_refused")).body("reason", equalTo("expired"));
    }

    @Test
    void youngerMergesCanBeUndone() {
        RetentionFixture.ageMerge(merge, "364 days");

        run();

        undo().statusCode(200);
        tenant.get(source).then().statusCode(200).body("external_id", equalTo("m"));
    }

    @Test
    void redirectAndAliasesOfOldMergesStay() {
        RetentionFixture.ageMerge(merge, "366 days");

        run();

        tenant.call()
                .redirects()
                .follow(false)
                .get(CUSTOMERS + "/" + source)
                .then()
                .statusCode(307);
        tenant.json("{\"external_id\":\"m\",\"notes\":\"x\"}")
                .post(CUSTOMERS + "/upsert")
                .then()
                .statusCode(200)
                .body("customer.id", equalTo(target));
        tenant.call()
                .get(CUSTOMERS + "/" + target + "/merges")
                .then()
                .body("data.source_ids", equalTo(List.of(List.of(source))));
    }

    /** The target of an old merge can still be restored from a younger one, and its sources stay parts of it. */
    @Test
    void youngerMergeOfOldTargetCanBeUndone() {
        var survivor = tenant.createNamed("Ana");
        var younger = data.merge(survivor, target);
        RetentionFixture.ageMerge(merge, "366 days");

        run();

        tenant.call().post("/v1/merges/" + younger + "/undo").then().statusCode(200);
        tenant.get(target).then().statusCode(200);
        assertThat(tenant.get(source).jsonPath().getString("id")).isEqualTo(target);
        undo().statusCode(409).body("reason", equalTo("expired"));
    }

    @Test
    void valuesOfOldUndoneMergesAreDeleted() {
        undo().statusCode(200);
        RetentionFixture.ageMerge(merge, "91 days");

        run();

        assertThat(TestDatabase.column(CHANGES, merge)).containsExactly("{}");
        undo().statusCode(409).body("reason", equalTo("undone"));
    }

    @Test
    void valuesOfOtherMergesStay() {
        var undone = data.merge(
                tenant.createNamed("Ana"),
                tenant.create("{\"name\":\"B\",\"email\":\"b@example.com\"}").getString("id"));
        tenant.call().post("/v1/merges/" + undone + "/undo").then().statusCode(200);
        RetentionFixture.ageMerge(undone, "89 days");
        RetentionFixture.ageMerge(merge, "300 days");

        run();

        assertThat(TestDatabase.column(CHANGES, undone).get(0)).contains("b@example.com");
        assertThat(TestDatabase.column(CHANGES, merge).get(0)).contains("maria@example.com");
    }

    /** An undo that has read the merge must find its snapshots. */
    @Test
    void mergeThatIsBeingUndoneIsSkipped() {
        RetentionFixture.ageMerge(merge, "366 days");

        TestDatabase.whileLocked("SELECT 1 FROM merge WHERE id = ?::uuid FOR UPDATE", merge, () -> {
            run();
            assertThat(TestDatabase.column(STORED, merge).get(0)).contains("maria@example.com");
        });

        undo().statusCode(200);
    }

    /** Otherwise it would restore what it has read before, or an emptied snapshot. */
    @Test
    void undoDuringRetentionIsRefused() throws SQLException {
        try (var retention = TestDatabase.connect()) {
            retention.setAutoCommit(false);
            for (String statement : List.of(
                    "UPDATE merge SET changes = '{}', expired_at = now() WHERE id = ?::uuid",
                    "UPDATE merged_customer SET snapshot = '{}' WHERE merge_id = ?::uuid")) {
                try (var update = retention.prepareStatement(statement)) {
                    update.setString(1, merge);
                    update.executeUpdate();
                }
            }
            var undo = CompletableFuture.supplyAsync(this::undo);
            TestDatabase.awaitBlockedSessions(1);

            retention.commit();

            undo.join().statusCode(409).body("reason", equalTo("expired"));
        }
    }
}
