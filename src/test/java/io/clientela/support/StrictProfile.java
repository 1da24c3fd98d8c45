package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Sets that more is refused than by default: customers with open orders, or with calls or orders of the last week, are
 * not deleted, and those with open orders not erased; a tenant may open two live streams; one password is hashed at a
 * time while one request waits; webhooks reach public addresses only, as in production, and are not sent by themselves;
 * no dialect is served.
 */
public class StrictProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "clientela.delete.refused-with", "open_orders,recent_activity",
                "clientela.delete.recent-days", "7",
                "clientela.erasure.refused-with", "open_orders",
                "clientela.events.max-streams-per-tenant", "2",
                "clientela.accounts.max-hashing", "1",
                "clientela.accounts.max-waiting", "1",
                "clientela.webhooks.allow-private", "false",
                "clientela.webhooks.every", "0S",
                "clientela.dialects", "none",
                "clientela.duplicates.every", "0S");
    }
}
