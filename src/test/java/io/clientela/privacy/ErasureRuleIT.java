package io.clientela.privacy;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class ErasureRuleIT extends ErasureRuleTest {}
