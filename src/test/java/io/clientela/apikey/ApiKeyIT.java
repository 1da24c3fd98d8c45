package io.clientela.apikey;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class ApiKeyIT extends ApiKeyTest {}
