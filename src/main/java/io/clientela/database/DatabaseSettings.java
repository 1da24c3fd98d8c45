package io.clientela.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How long and how many requests wait for the database before they are turned away. */
@ConfigMapping(prefix = "clientela.database")
public interface DatabaseSettings {
    /** The most requests that wait for a connection; one more is answered 503 at once. */
    @WithDefault("500")
    @Min(0)
    int maxWaiting();

    /** How long a request waits for a connection before it is answered 503. */
    @WithDefault("2S")
    Duration acquireTimeout();

    /**
     * How long a connection may be silent, in use or not, before it is closed: what is left when the host of the
     * database vanishes without a word. Longer than {@code statement_timeout}, which the database itself keeps, and
     * than {@code quarkus.datasource.reactive.idle-timeout}, after which the pool closes what nobody uses.
     */
    @WithDefault("9S")
    Duration readTimeout();
}
