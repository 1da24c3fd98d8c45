package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Sets that customers with open orders are not erased. */
public class OpenOrdersProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("clientela.erasure.refused-with", "open_orders");
    }
}
