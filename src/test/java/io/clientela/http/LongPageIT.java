package io.clientela.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class LongPageIT extends LongPageTest {}
