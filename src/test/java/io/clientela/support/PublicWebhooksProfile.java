package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Lets webhooks reach public addresses only, as in production, and sends nothing by itself. */
public class PublicWebhooksProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "clientela.webhooks.allow-private", "false",
                "clientela.webhooks.every", "0S",
                "clientela.duplicates.every", "0S");
    }
}
