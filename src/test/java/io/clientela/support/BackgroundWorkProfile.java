package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Sets that webhooks, which may be in this process, are sent at once, and that old data is deleted every second. */
public class BackgroundWorkProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "clientela.webhooks.allow-private", "true",
                "clientela.webhooks.every", "100MS",
                "clientela.retention.every", "1S",
                "clientela.duplicates.every", "0S");
    }
}
