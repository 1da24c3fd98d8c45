package io.clientela.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** The settings of webhooks that concern their deliveries; the others are those of the sender. */
@ConfigMapping(prefix = "clientela.webhooks")
public interface DeliverySettings {
    /** How many webhooks a tenant may have. */
    @WithDefault("20")
    @Positive
    int maxPerTenant();

    /**
     * How often this instance looks for new events, and for deliveries that are due. With zero, it sends nothing but
     * what callers of this instance ask for.
     */
    @WithDefault("1S")
    @DurationMin
    Duration every();

    /** How many deliveries to one webhook this instance sends at the same time. */
    @WithDefault("16")
    @Positive
    int maxInFlight();

    /** How many deliveries of one tenant this instance sends at the same time. */
    @WithDefault("64")
    @Positive
    int maxInFlightPerTenant();

    /** How many deliveries this instance sends at the same time. */
    @WithDefault("256")
    @Positive
    int maxInFlightInAll();
}
