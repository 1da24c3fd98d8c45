package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Sets a pool of six connections: one for readiness and five for requests, of which one tenant may use four, two of
 * them for exports. No client is cut off for reading slowly within a test, and nothing in the background takes a
 * connection.
 */
public class SixConnectionsProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.datasource.reactive.max-size", "6",
                "clientela.database.acquire-timeout", "1S",
                "clientela.http.write-timeout", "1M",
                "clientela.database.read-timeout", "1M",
                "quarkus.datasource.reactive.additional-properties.idle_in_transaction_session_timeout", "60s",
                "clientela.duplicates.every", "0S",
                "clientela.webhooks.every", "0S");
    }
}
