package io.clientela.event;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class LiveStreamIT extends LiveStreamTest {}
