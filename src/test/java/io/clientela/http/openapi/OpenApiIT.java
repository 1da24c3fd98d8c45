package io.clientela.http.openapi;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class OpenApiIT extends OpenApiTest {}
