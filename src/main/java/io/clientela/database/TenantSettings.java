package io.clientela.database;

import io.smallrye.config.ConfigMapping;
import java.util.OptionalInt;

/** Limits for each tenant. */
@ConfigMapping(prefix = "clientela.tenant")
public interface TenantSettings {
    /**
     * The maximum number of database connections that one tenant uses at the same time, in one instance of the service;
     * by default two thirds of those for requests. Lower it if many tenants are busy at the same time.
     */
    OptionalInt maxConcurrent();
}
