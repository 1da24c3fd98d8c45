package io.clientela.dialect.voki;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class VokiIT extends VokiTest {}
