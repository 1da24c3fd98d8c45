package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Lets webhooks reach a receiver in this process, and looks for events often. */
public class WebhookProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "clientela.webhooks.allow-private", "true",
                "clientela.webhooks.every", "100MS",
                "clientela.duplicates.every", "0S");
    }
}
