package io.clientela.http.json;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HostileBodyIT extends HostileBodyTest {}
