package io.clientela.insight;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;

/** The last 24 months in a time zone, the current one included, oldest first. */
final class SignupMonths {
    private static final int COUNT = 24;

    private final List<YearMonth> months;
    private final ZoneId zone;

    SignupMonths(Instant now, ZoneId zone) {
        this.zone = zone;
        var current = YearMonth.from(now.atZone(zone));
        this.months = IntStream.rangeClosed(1 - COUNT, 0)
                .mapToObj(current::plusMonths)
                .toList();
    }

    /** Returns their names, such as {@code 2026-02}. */
    String[] names() {
        return months.stream().map(YearMonth::toString).toArray(String[]::new);
    }

    /** Returns their first moments. */
    OffsetDateTime[] starts() {
        return months.stream().map(this::start).toArray(OffsetDateTime[]::new);
    }

    /** Returns the first moments of the months after them. */
    OffsetDateTime[] ends() {
        return months.stream().map(month -> start(month.plusMonths(1))).toArray(OffsetDateTime[]::new);
    }

    private OffsetDateTime start(YearMonth month) {
        return month.atDay(1).atStartOfDay(zone).toOffsetDateTime();
    }
}
