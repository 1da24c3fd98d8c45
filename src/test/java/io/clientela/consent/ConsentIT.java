package io.clientela.consent;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class ConsentIT extends ConsentTest {}
