package io.clientela.database;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class OverloadIT extends OverloadTest {}
