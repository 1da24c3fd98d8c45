package io.clientela.dialect.dooki;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class DookiIT extends DookiTest {}
