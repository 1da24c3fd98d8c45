package io.clientela.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-02-15T14:30:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|PT1S",
                "120|PT2M",
                "999999999|PT999999999S",
                "Sun, 15 Feb 2026 14:31:30 GMT|PT1M30S",
                "Mon, 16 Feb 2026 14:30:00 GMT|PT24H"
            })
    void secondsOrDateIsRead(String value, Duration delay) {
        assertThat(RetryAfter.read(value, NOW)).hasValue(delay);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "1.5",
                "soon",
                "99999999999999999999",
                "Sun, 15 Feb 2026 14:29:00 GMT",
                "Mon, 15 Feb 2026 14:31:00 GMT",
                "2026-02-15T14:31:00Z"
            })
    void otherValueIsIgnored(String value) {
        assertThat(RetryAfter.read(value, NOW)).isEmpty();
    }
}
