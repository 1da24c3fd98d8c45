package io.clientela.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.BackgroundWorkProfile;
import io.clientela.support.Platform;
import io.clientela.support.TestLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** The retention job runs by itself. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(BackgroundWorkProfile.class)
class RetentionScheduleTest {
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
