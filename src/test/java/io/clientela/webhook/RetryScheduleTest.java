package io.clientela.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
    @ParameterizedTest
    @CsvSource({"1,PT5S", "2,PT30S", "3,PT2M", "4,PT10M", "5,PT1H", "6,PT3H", "7,PT8H", "8,PT24H"})
    void delayGrowsWithAttempts(int attempts, Duration delay) {
        assertThat(RetrySchedule.delay(attempts, 0, Optional.empty())).hasValue(delay);
    }

    @Test
    void delayIsJitteredByFifth() {
        assertThat(RetrySchedule.delay(1, 1, Optional.empty())).hasValue(Duration.ofSeconds(6));
        assertThat(RetrySchedule.delay(2, 0.5, Optional.empty())).hasValue(Duration.ofSeconds(33));
    }

    @ParameterizedTest
    @CsvSource({"1,PT1S,PT5S", "1,PT1M,PT1M", "4,PT9M,PT10M", "8,PT25H,PT24H", "1,PT48H,PT24H"})
    void longerDelayOfReceiverIsKept(int attempts, Duration requested, Duration delay) {
        assertThat(RetrySchedule.delay(attempts, 0, Optional.of(requested))).hasValue(delay);
    }

    @Test
    void ninthAttemptIsTheLast() {
        assertThat(RetrySchedule.delay(9, 0, Optional.of(Duration.ofMinutes(1))))
                .isEmpty();
    }
}
