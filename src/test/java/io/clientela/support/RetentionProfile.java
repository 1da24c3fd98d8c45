package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Limits for all kinds of data, and events that nobody reads but the test. */
public class RetentionProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "clientela.retention.history", "30D",
                "clientela.retention.merge-snapshots", "365D",
                "clientela.duplicates.every", "0S");
    }
}
