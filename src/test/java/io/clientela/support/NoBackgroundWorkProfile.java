package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Sets that nothing happens but what a test does. */
public class NoBackgroundWorkProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "clientela.duplicates.every", "0S",
                "clientela.imports.every", "0S",
                "clientela.webhooks.every", "0S");
    }
}
