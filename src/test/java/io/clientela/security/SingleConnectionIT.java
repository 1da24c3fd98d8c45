package io.clientela.security;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SingleConnectionIT extends SingleConnectionTest {}
