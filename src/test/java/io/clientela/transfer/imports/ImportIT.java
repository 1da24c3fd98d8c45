package io.clientela.transfer.imports;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class ImportIT extends ImportTest {}
