package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Sets that no client is cut off for reading slowly within a test, and a pool of six connections. */
public class PatientExportProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.datasource.reactive.max-size", "6",
                "clientela.http.write-timeout", "1M",
                "clientela.database.read-timeout", "1M",
                "quarkus.datasource.reactive.additional-properties.idle_in_transaction_session_timeout", "60s",
                "clientela.duplicates.every", "0S");
    }
}
