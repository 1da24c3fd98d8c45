package io.clientela.identity;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class DuplicateGroupListIT extends DuplicateGroupListTest {}
