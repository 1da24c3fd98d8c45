package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Sets that one password is hashed at a time while one request waits. */
public class OneHashProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "clientela.accounts.max-hashing", "1",
                "clientela.accounts.max-waiting", "1",
                "clientela.duplicates.every", "0S");
    }
}
