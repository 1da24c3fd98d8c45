package io.clientela.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long data is kept that is not part of a customer's current state (GDPR art. 5(1)(e), LGPD art. 15 and 16). */
@ConfigMapping(prefix = "clientela.retention")
public interface RetentionSettings {
    /** The interval between runs that delete what is past its time; with zero, this instance deletes nothing. */
    @WithDefault("10M")
    @DurationMin
    Duration every();

    /**
     * How long the events of customers are kept: by default for ever. Set it if the law or a policy limits how long
     * former values of personal data may be kept. Those that a background reader has not read yet stay longer.
     */
    Optional<
                    @DurationMin(
                            days = 7,
                            message = "must be at least 7 days, so that followers of the events can catch up:"
                                    + " set CLIENTELA_RETENTION_HISTORY to 7D or longer, or leave it out to keep the"
                                    + " history for ever")
                    Duration>
            history();

    /** How long the response to a request with an {@code Idempotency-Key} is stored and replayed. */
    @WithDefault("24H")
    @DurationMin(
            hours = 24,
            message = "must be at least 24 hours, which callers rely on:"
                    + " set CLIENTELA_RETENTION_IDEMPOTENT_RESPONSES to 24H or longer")
    Duration idempotentResponses();

    /** How long the values that a merge gave the target are kept after its undo. */
    @WithDefault("90D")
    @DurationMin(message = "must not be negative: set CLIENTELA_RETENTION_UNDONE_MERGES to 0D or longer")
    Duration undoneMerges();

    /**
     * How long a merge can be undone: by default for ever. After that the rows of its sources, and the values that it
     * replaced, are deleted; redirects and aliases stay.
     */
    Optional<
                    @DurationMin(
                            days = 1,
                            message = "must be at least 1 day, so that a mistake can be undone:"
                                    + " set CLIENTELA_RETENTION_MERGE_SNAPSHOTS to 1D or longer, or leave it out to keep"
                                    + " the snapshots for ever")
                    Duration>
            mergeSnapshots();

    /** How long imports that have ended are kept, with the rows that were refused. */
    @WithDefault("30D")
    @DurationMin(message = "must not be negative: set CLIENTELA_RETENTION_IMPORTS to 0D or longer")
    Duration imports();

    /**
     * How long finished deliveries to webhooks are kept, and those that a webhook was to get before it was disabled.
     */
    @WithDefault("30D")
    @DurationMin(message = "must not be negative: set CLIENTELA_RETENTION_WEBHOOK_DELIVERIES to 0D or longer")
    Duration webhookDeliveries();
}
