package io.clientela.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.Platform;
import io.clientela.support.RetentionProfile;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the retention job deletes, and what not. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(RetentionProfile.class)
class RetentionTest {
    @Inject
    RetentionJob job;

    @Inject
    @All
    List<RetentionRule> rules;

    @Inject
    RetentionStep step;

    @Inject
    RetentionSettings settings;

    @Inject
    Vertx vertx;

    @Inject
    MeterRegistry meters;

    private final RetentionFixture data = new RetentionFixture();
    private final RetentionFixture other = new RetentionFixture();

    private static void run(RetentionJob job) {
        job.run().await().atMost(Duration.ofMinutes(1));
    }

    private RetentionJob jobOf(List<RetentionRule> rules) {
        return new RetentionJob(rules, step, settings, vertx, meters);
    }

    private double removed(String kind) {
        return meters.get("clientela.retention.removed")
                .tag("kind", kind)
                .counter()
                .count();
    }

    @Test
    void expiredResponsesAreDeletedInSeveralSteps() {
        data.responses("expired", 2_500, "24 hours 6 minutes");
        data.responses("current", 1, "24 hours 4 minutes");
        other.responses("current", 1, "1 minute");
        double before = removed("idempotent-responses");

        run(job);

        assertThat(data.responses()).containsExactly("current 1");
        assertThat(other.responses()).containsExactly("current 1");
        assertThat(removed("idempotent-responses") - before).isGreaterThanOrEqualTo(2_500);
    }

    @Test
    void lockedRowsAreSkipped() {
        data.responses("expired", 3, "25 hours");
        var lock = "SELECT 1 FROM idempotency_key WHERE tenant_id = ? AND key = 'expired 2' FOR UPDATE";

        TestDatabase.whileLocked(lock, data.tenant().name(), () -> run(job));

        assertThat(data.responses()).containsExactly("expired 2");
    }

    @Test
    void expiredTokensAreDeleted() {
        var expired = data.tenant().createNamed("Jane");
        var current = data.tenant().createNamed("Ana");
        var insert = "INSERT INTO customer_token (tenant_id, customer_id, purpose, hash, email_key, expires_at)"
                + " VALUES (?, ?::uuid, 'password_reset', ?::bytea, 'e', now() + cast(? AS interval))";
        TestDatabase.execute(insert, data.tenant().name(), expired, expired, "-1 second");
        TestDatabase.execute(insert, data.tenant().name(), current, current, "1 minute");

        run(job);

        assertThat(TestDatabase.column(
                        "SELECT customer_id FROM customer_token WHERE tenant_id = ?",
                        data.tenant().name()))
                .containsExactly(current);
    }

    @Test
    void expiredAttemptsAreDeleted() {
        var insert = "INSERT INTO failed_attempt (tenant_id, kind, key, count, since)"
                + " VALUES (?, 'account', ?, 10, now() - cast(? AS interval))";
        TestDatabase.execute(insert, data.tenant().name(), "expired", "16 minutes");
        TestDatabase.execute(insert, data.tenant().name(), "current", "14 minutes");

        run(job);

        assertThat(TestDatabase.column(
                        "SELECT key FROM failed_attempt WHERE tenant_id = ?",
                        data.tenant().name()))
                .containsExactly("current");
    }

    @Test
    void oldEventsAreDeletedInSeveralSteps() {
        data.events(2_100, "31 days");
        data.events(2, "29 days");
        other.events(1, "40 days");
        other.events(1, "1 day");
        Stream.of(data, other).forEach(each -> each.readBy("duplicates"));

        run(job);

        assertThat(data.events()).containsExactly("29 days", "29 days");
        assertThat(other.events()).containsExactly("1 day");
    }

    @Test
    void eventsThatAnyReaderHasNotReadStay() {
        data.events(1, "40 days");
        data.readBy("slow");
        data.events(1, "39 days");
        data.readBy("duplicates");

        run(job);

        assertThat(data.events()).containsExactly("39 days");
    }

    @Test
    void eventsThatNoReaderHasReadStay() {
        data.events(1, "40 days");

        run(job);

        assertThat(data.events()).containsExactly("40 days");
    }

    @Test
    void concurrentRunsDeleteEachRowOnce() {
        run(job); // what other tests left
        data.responses("expired", 5_500, "25 hours");
        data.events(2_500, "31 days");
        data.readBy("duplicates");
        double responses = removed("idempotent-responses");
        double events = removed("history");

        try (var log = new TestLog()) {
            Uni.join()
                    .all(job.run(), jobOf(rules).run(), jobOf(rules).run())
                    .andFailFast()
                    .await()
                    .atMost(Duration.ofMinutes(1));

            assertThat(log.lines()).noneMatch(line -> line.contains("failed"));
        }
        assertThat(data.responses()).isEmpty();
        assertThat(data.events()).isEmpty();
        assertThat(removed("idempotent-responses") - responses).isEqualTo(5_500);
        assertThat(removed("history") - events).isEqualTo(2_500);
    }

    @Test
    void runEndsWhileAnotherInstanceDeletes() {
        data.responses("expired", 1, "25 hours");
        var lock = "SELECT pg_advisory_xact_lock(hashtextextended('clientela retention', 0)) WHERE ? <> ''";

        TestDatabase.whileLocked(lock, "x", () -> run(job));

        assertThat(data.responses()).hasSize(1);
    }

    @Test
    void failingRuleStopsNoOther() {
        data.responses("expired", 1_100, "25 hours");
        RetentionRule failing = rule("failing", "DELETE FROM customer WHERE 1 / (tenant_id = tenant_id)::int = $1");
        var all = Stream.concat(Stream.of(failing), rules.stream()).toList();

        run(jobOf(all));

        assertThat(data.responses()).isEmpty();
    }

    private static RetentionRule rule(String kind, String statement) {
        return new RetentionRule() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public String statement() {
                return statement;
            }

            @Override
            public Optional<Duration> age() {
                return Optional.of(Duration.ofDays(1));
            }
        };
    }

    /** OldEvents finds events by the time in their ids. */
    @Test
    void idsOfEventsBeginWithTheirTime() {
        data.tenant().createNamed("Jane");

        var events = TestDatabase.column(
                "SELECT abs(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint"
                        + " - extract(epoch FROM at) * 1000) < 10000 FROM customer_event WHERE tenant_id = ?",
                data.tenant().name());

        assertThat(events).containsExactly("t");
    }

    @Test
    void everyKindHasAnotherName() {
        assertThat(rules.stream().map(RetentionRule::kind))
                .doesNotHaveDuplicates()
                .contains("history", "idempotent-responses", "undone-merges", "merge-snapshots", "one-time-tokens");
    }
}
