package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Sets a pool of six connections: one for readiness and five for requests, of which one tenant may use four. The
 * background job is disabled, so that it takes none.
 */
public class SixConnectionsProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.datasource.reactive.max-size", "6",
                "clientela.database.acquire-timeout", "1S",
                "clientela.duplicates.every", "0S");
    }
}
