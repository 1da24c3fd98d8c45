package io.clientela.dialect;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Timestamps of dialects, which show less than the microsecond: RFC 3339 in UTC, cut, not rounded. */
public final class Moments {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Moments() {}

    /** Returns a timestamp to the second, such as {@code 2026-02-15T14:30:00Z}; null for none. */
    public static String toSecond(Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns a timestamp to the millisecond, such as {@code 2026-04-06T20:33:50.410Z}; null for none. */
    public static String toMillisecond(Instant at) {
        return at == null ? null : MILLISECONDS.format(at);
    }
}
