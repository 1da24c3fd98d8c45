package io.clientela.webhook.send;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private RetryAfter() {}

    /**
     * Returns how long to wait; empty if the value is absent, malformed or in the past.
     *
     * @param value the header's value; may be null
     */
    static Optional<Duration> read(String value, Instant now) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            var delay = SECONDS.matcher(value).matches()
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
            return Optional.of(delay).filter(wait -> wait.compareTo(Duration.ZERO) > 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
