package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Sets that a client may take one second to read a piece of an export, and the database one second to answer, with a
 * pool of six connections, of which one tenant may use four, two of them for exports.
 */
public class ImpatientProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.datasource.reactive.max-size", "6",
                "clientela.http.write-timeout", "1S",
                "clientela.database.read-timeout", "1S",
                "quarkus.datasource.reactive.idle-timeout", "500MS",
                "clientela.duplicates.every", "0S");
    }
}
