package io.clientela.activity;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class ClusterIT extends ClusterTest {}
