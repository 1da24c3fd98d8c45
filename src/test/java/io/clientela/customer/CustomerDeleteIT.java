package io.clientela.customer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class CustomerDeleteIT extends CustomerDeleteTest {}
