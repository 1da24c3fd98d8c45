package io.clientela.insight;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class OverviewIT extends OverviewTest {}
