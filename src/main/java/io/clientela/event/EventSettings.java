package io.clientela.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** The settings of live streams of events. How long events are kept is {@code clientela.retention.history}. */
@ConfigMapping(prefix = "clientela.events")
public interface EventSettings {
    /**
     * How often this instance looks for new events while streams are open, in one statement for all of them: half of it
     * is the usual delay. It takes longer if the statement takes more than a fifth of it.
     */
    @WithDefault("25MS")
    @DurationMin(millis = 1)
    Duration pollInterval();

    /** How many streams this instance has open at the same time. */
    @WithDefault("2000")
    @Positive
    int maxStreams();

    /** How many streams of a tenant this instance has open at the same time. */
    @WithDefault("500")
    @Positive
    int maxStreamsPerTenant();
}
