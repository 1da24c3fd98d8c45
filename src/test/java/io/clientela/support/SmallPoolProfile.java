package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * A service that reaches its limits at once: two connections, two requests that wait for one, and little patience.
 * Nothing in the background takes a connection; a body may take as long as a cold service on a busy machine needs to
 * look at it.
 */
public class SmallPoolProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.datasource.reactive.max-size", "2",
                "quarkus.datasource.reactive.additional-properties.lock_timeout", "2s",
                "clientela.database.max-waiting", "2",
                "clientela.database.acquire-timeout", "500MS",
                "clientela.http.body-timeout", "3S",
                "clientela.duplicates.every", "0S",
                "clientela.metrics.tenants", "2");
    }
}
