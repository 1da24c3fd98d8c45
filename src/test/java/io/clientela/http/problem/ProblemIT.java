package io.clientela.http.problem;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class ProblemIT extends ProblemTest {}
