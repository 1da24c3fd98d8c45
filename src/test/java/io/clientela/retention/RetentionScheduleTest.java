package io.clientela.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.Platform;
import io.clientela.support.TestLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The retention job runs by itself. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(RetentionScheduleTest.EverySecondProfile.class)
class RetentionScheduleTest {
    /** Runs every second. */
    public static class EverySecondProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("clientela.retention.every", "1S");
        }
    }

    @Test
    void expiredRowsAreDeletedAndLogged() throws InterruptedException {
        try (var log = new TestLog()) {
            var data = new RetentionFixture();
            data.responses("expired", 1_200, "25 hours");

            assertThat(log.awaitLine("of idempotent-responses")).matches("Retention removed \\d{4} of .*");
            assertThat(data.responses()).isEmpty();
        }
    }
}
