package io.clientela.transfer.imports;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class ImportItemsIT extends ImportItemsTest {}
