package io.clientela.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.Platform;
import io.clientela.support.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ExpiredResponsesTest {
    private static final String REMAINING = "SELECT key FROM idempotency_key WHERE tenant_id = ? ORDER BY key";

    @Inject
    Idempotency idempotency;

    private final String tenant = "t-" + UUID.randomUUID();

    @Test
    void expiredResponsesAreDeletedInSeveralSteps() {
        store("expired", 2_500, "24 hours 1 minute");
        store("current", 1, "23 hours 59 minutes");

        deleteExpired();

        assertThat(TestDatabase.column(REMAINING, tenant)).containsExactly("current 1");
    }

    @Test
    void rowsThatAnotherReplicaDeletesAreSkipped() {
        store("expired", 3, "25 hours");
        var lock = "SELECT 1 FROM idempotency_key WHERE tenant_id = ? AND key = 'expired 2' FOR UPDATE";

        TestDatabase.whileLocked(lock, tenant, this::deleteExpired);

        assertThat(TestDatabase.column(REMAINING, tenant)).containsExactly("expired 2");
    }

    private void deleteExpired() {
        idempotency.deleteExpired().await().atMost(Duration.ofSeconds(30));
    }

    private void store(String name, int count, String age) {
        TestDatabase.execute(
                "INSERT INTO idempotency_key (tenant_id, actor, key, fingerprint, status, body, created_at)"
                        + " SELECT ?, 'tester', ? || ' ' || n, '', 200, '', now() - cast(? AS interval)"
                        + " FROM generate_series(1, ?) n",
                tenant,
                name,
                age,
                count);
    }
}
