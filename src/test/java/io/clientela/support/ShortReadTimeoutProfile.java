package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Sets a read timeout of the database of one second. */
public class ShortReadTimeoutProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "clientela.database.read-timeout", "1S",
                "quarkus.datasource.reactive.idle-timeout", "500MS",
                "clientela.duplicates.every", "0S");
    }
}
