package io.clientela.dialect;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class GeneratedClientsIT extends GeneratedClientsTest {}
