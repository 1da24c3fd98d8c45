package io.clientela.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.util.OptionalInt;

/** Limits for each tenant. */
@ConfigMapping(prefix = "clientela.tenant")
public interface TenantSettings {
    /**
     * The maximum number of database connections that one tenant uses at the same time, in one instance of the service;
     * by default two thirds of those for requests. Lower it if many tenants are busy at the same time.
     */
    OptionalInt maxConcurrent();

    /**
     * The maximum number of exports of one tenant at the same time, in one instance of the service; further ones are
     * rejected with 429. Each holds a connection until it is read: half of the tenant's connections are the limit in
     * any case.
     */
    @WithDefault("3")
    @Min(1)
    int maxStreams();
}
