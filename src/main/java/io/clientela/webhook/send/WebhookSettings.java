package io.clientela.webhook.send;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;

/** The settings of webhooks. */
@ConfigMapping(prefix = "clientela.webhooks")
public interface WebhookSettings {
    /**
     * Whether webhooks may use http, any port, and private addresses, such as those of this machine. For trying only:
     * whoever may create webhooks can then send requests into the network of the service.
     */
    @WithDefault("false")
    boolean allowPrivate();

    /** The ports to which webhooks are sent. */
    @WithDefault("443,8443")
    Set<@Min(1) @Max(65_535) Integer> ports();

    /** The maximum time to connect to one address of a receiver. */
    @WithDefault("3S")
    @DurationMin(millis = 1)
    Duration connectTimeout();

    /** The maximum time of a delivery, from the look-up of the host to the end of the answer. */
    @WithDefault("10S")
    @DurationMin(millis = 1)
    Duration timeout();
}
