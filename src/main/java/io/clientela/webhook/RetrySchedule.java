package io.clientela.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long to wait after a failed attempt, by how many there were. Each time is made up to a fifth longer at random, so
 * that what failed together is not sent together again.
 */
final class RetrySchedule {
    private static final double JITTER = 0.2;

    private static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(8),
            Duration.ofHours(24));

    private RetrySchedule() {}

    /**
     * Returns the time until the next attempt; empty after the last one.
     *
     * @param attempts how many failed, at least one
     * @param random from 0 to 1
     * @param requested how long the receiver asks to wait: it is waited for so long, but no longer than between the
     *     last two attempts
     */
    static Optional<Duration> delay(int attempts, double random, Optional<Duration> requested) {
        if (attempts > DELAYS.size()) {
            return Optional.empty();
        }
        var scheduled = DELAYS.get(attempts - 1);
        var longest = DELAYS.get(DELAYS.size() - 1);
        long millis = requested
                .map(delay -> delay.compareTo(longest) > 0 ? longest : delay)
                .filter(delay -> delay.compareTo(scheduled) > 0)
                .orElse(scheduled)
                .toMillis();
        return Optional.of(Duration.ofMillis(millis + (long) (millis * JITTER * random)));
    }
}
