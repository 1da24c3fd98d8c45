package io.clientela.tenancy;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class LocationIT extends LocationTest {}
