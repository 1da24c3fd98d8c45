package io.clientela.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.OptionalInt;

/** The settings of passwords and sessions. */
@ConfigMapping(prefix = "clientela.accounts")
public interface AccountSettings {
    /** How long a session's token is valid. A password change or a block ends it earlier. */
    @WithDefault("1H")
    Duration sessionLifetime();

    /**
     * How many passwords are hashed at the same time, each on one core with 19 MiB of memory; by default half of the
     * cores, so that the other half serves requests.
     */
    OptionalInt maxHashing();

    /** How many requests wait for their password to be hashed; further ones are rejected with 503. */
    @WithDefault("20")
    @Min(0)
    int maxWaiting();

    /** How many wrong passwords an account takes in the time of {@link #failureWindow}. */
    @WithDefault("10")
    @Min(1)
    int maxFailures();

    /**
     * How many wrong passwords an address may send for a tenant in the time of {@link #failureWindow}. Raise it if one
     * server logs in all customers of a tenant and does not forward their addresses.
     */
    @WithDefault("100")
    @Min(1)
    int maxFailuresPerAddress();

    /** The time in which wrong passwords are counted, from the first one on. */
    @WithDefault("15M")
    Duration failureWindow();
}
