package io.clientela.dialect.voki;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class VokiIT extends VokiTest {}
