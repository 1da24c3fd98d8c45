package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Sets small limits: three connections for requests, of which two for transactions, two requests that wait for one, and
 * short timeouts. The background job is disabled, so that it takes no connection. The body timeout is long enough for
 * the first request on a slow machine.
 */
public class SmallPoolProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.datasource.reactive.max-size", "4",
                "quarkus.datasource.reactive.additional-properties.lock_timeout", "2s",
                "clientela.database.max-waiting", "2",
                "clientela.database.acquire-timeout", "500MS",
                "clientela.http.body-timeout", "3S",
                "clientela.duplicates.every", "0S",
                "clientela.metrics.tenants", "2");
    }
}
