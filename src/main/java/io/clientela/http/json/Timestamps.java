package io.clientela.http.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Timestamps in bodies and cursors: RFC 3339, section 5.6, truncated to the microsecond, PostgreSQL's precision. */
public final class Timestamps {
    private static final Pattern RFC_3339 = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})", Pattern.CASE_INSENSITIVE);

    private static final int MAX_YEAR = 9999;

    private Timestamps() {}

    /** Reads a timestamp of the years 1 to 9999; empty for anything else. */
    public static Optional<Instant> parse(String text) {
        try {
            if (RFC_3339.matcher(text).matches()) {
                var timestamp = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
                if (timestamp.getYear() >= 1 && timestamp.getYear() <= MAX_YEAR) {
                    return Optional.of(timestamp.toInstant().truncatedTo(ChronoUnit.MICROS));
                }
            }
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
