package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Sets that customers with open orders, or with calls or orders of the last week, are not deleted. */
public class DeleteRulesProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "clientela.delete.refused-with", "open_orders,recent_activity", "clientela.delete.recent-days", "7");
    }
}
