package io.clientela.tenancy;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class TenancyIT extends TenancyTest {}
