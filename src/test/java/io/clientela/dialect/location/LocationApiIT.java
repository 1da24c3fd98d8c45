package io.clientela.dialect.location;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class LocationApiIT extends LocationApiTest {}
