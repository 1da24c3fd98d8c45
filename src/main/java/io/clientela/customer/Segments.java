package io.clientela.customer;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The rules of segments. They compare with the current time, so they are asked for anew by each request. */
@Singleton
@Startup
public class Segments {
    private final SegmentSettings settings;

    /**
     * Called at the start.
     *
     * @throws IllegalArgumentException if customers would be dormant before they are at risk
     */
    Segments(SegmentSettings settings) {
        if (settings.atRiskAfter().compareTo(settings.dormantAfter()) >= 0) {
            throw new IllegalArgumentException("clientela.segments.at-risk-after must be shorter than"
                    + " clientela.segments.dormant-after: set CLIENTELA_SEGMENTS_AT_RISK_AFTER to less than "
                    + settings.dormantAfter().toDays() + "D");
        }
        this.settings = settings;
    }

    /** Returns the rules as of now. */
    public SegmentRules now() {
        return asOf(Instant.now());
    }

    /** Returns the rules as of a time, to the microsecond: that is what the database compares. */
    public SegmentRules asOf(Instant at) {
        return SegmentRules.of(settings, at.truncatedTo(ChronoUnit.MICROS));
    }
}
