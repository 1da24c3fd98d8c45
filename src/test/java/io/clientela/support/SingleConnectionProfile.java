package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Sets a pool of one connection: a request that waits for a second one while it has the first gets none. */
public class SingleConnectionProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.datasource.reactive.max-size", "1", "clientela.duplicates.every", "0S");
    }
}
