package io.clientela.dialect;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class DialectScriptIT extends DialectScriptTest {}
