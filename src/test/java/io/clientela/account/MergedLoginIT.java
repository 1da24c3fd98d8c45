package io.clientela.account;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class MergedLoginIT extends MergedLoginTest {}
