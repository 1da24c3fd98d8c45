package io.clientela.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** A service that fetches the issuer's keys by URL, from a {@link TestIssuer}. */
public class IssuerByUrlProfile implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TestIssuer.class));
    }
}
