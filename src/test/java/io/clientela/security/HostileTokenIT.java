package io.clientela.security;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class HostileTokenIT extends HostileTokenTest {}
