package io.clientela.dialect.aivapad;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class AivapadIT extends AivapadTest {}
