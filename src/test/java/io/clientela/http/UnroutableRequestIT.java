package io.clientela.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class UnroutableRequestIT extends UnroutableRequestTest {}
