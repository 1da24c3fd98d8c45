package io.clientela.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A service without a key to sign tokens with. */
public class NoSigningKeyProfile implements QuarkusTestProfile {
    /** Takes the key away that {@link Platform} sets. */
    public static class NoKey implements QuarkusTestResourceLifecycleManager {
        @Override
        public int order() {
            return 1;
        }

        @Override
        public Map<String, String> start() {
            return Map.of("smallrye.jwt.sign.key.location", "", "smallrye.jwt.sign.key", "");
        }

        @Override
        public void stop() {
            // There is nothing to stop.
        }
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(NoKey.class));
    }
}
