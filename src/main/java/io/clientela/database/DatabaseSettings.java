package io.clientela.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Limits for requests that wait for the database. */
@ConfigMapping(prefix = "clientela.database")
public interface DatabaseSettings {
    /**
     * The maximum number of requests that wait for a connection, two thirds of it for one tenant; further ones are
     * rejected at once.
     */
    @WithDefault("500")
    @Min(0)
    int maxWaiting();

    /** How long a request waits for a connection before it is rejected. */
    @WithDefault("2S")
    Duration acquireTimeout();

    /**
     * How long a connection may receive nothing, in use or idle, before it is closed: it detects that the database's
     * host is lost without closing its connections. Must be longer than {@code statement_timeout}, which the database
     * enforces, and {@code quarkus.datasource.reactive.idle-timeout}, after which the pool closes idle connections.
     */
    @WithDefault("9S")
    Duration readTimeout();

    /**
     * How long an export may take. It holds a connection and a snapshot of the data, which keeps PostgreSQL from
     * removing old rows. Raise it if customers with very much data read it over slow networks.
     */
    @WithDefault("10M")
    Duration snapshotTimeout();
}
