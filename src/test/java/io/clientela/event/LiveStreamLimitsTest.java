package io.clientela.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.security.Scopes;
import io.clientela.support.ApiTest;
import io.clientela.support.StrictProfile;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** How streams are bounded, and when they end. */
@QuarkusTest
@TestProfile(StrictProfile.class)
class LiveStreamLimitsTest extends ApiTest {
    private static final int ROUNDS = 3;

    @Inject
    LiveChecks checks;

    @Inject
    LiveTenants tenants;

    @Inject
    EventMetrics metrics;

    private final TestTenant tenant = TestTenant.fresh();

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int attempts = 400; attempts > 0 && !condition.getAsBoolean(); attempts--) {
            TimeUnit.MILLISECONDS.sleep(25);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private int statusOfStream() {
        return tenant.call().accept("text/event-stream").get("/v1/events").statusCode();
    }

    @Test
    void hangUpFreesStream() throws InterruptedException {
        try (var first = TestStream.open(tenant, "");
                var second = TestStream.open(tenant, "")) {
            assertThat(statusOfStream()).isEqualTo(429);
            second.hangUp();
            await(() -> metrics.open().get() == 1);

            try (var third = TestStream.open(tenant, "")) {
                tenant.createNamed("Jane");

                assertThat(first.next()).isEqualTo(third.next());
            }
        }
        await(() -> metrics.open().get() == 0 && tenants.isEmpty());
    }

    @Test
    void revokedKeyEndsStream() {
        var key = tenant.createApiKey("\"scopes\":[\"" + Scopes.READ + "\"]");
        try (var revoked = TestStream.open(key.getString("key"), "", null);
                var other = TestStream.open(tenant, "?types=customer.created")) {
            tenant.call()
                    .delete(TestTenant.API_KEYS + "/" + key.getString("id"))
                    .then()
                    .statusCode(204);

            for (int round = 0; round < ROUNDS; round++) {
                checks.check().await().atMost(Duration.ofSeconds(10));
            }
            tenant.createNamed("Jane");

            assertThat(revoked.next()).isNull();
            assertThat(other.next()).isNotNull();
        }
    }
}
