package io.clientela.history;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class HistoryIT extends HistoryTest {}
