package io.clientela.transfer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class ExportStreamIT extends ExportStreamTest {}
