package io.clientela.webhook;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
class WebhookDeliveryIT extends WebhookDeliveryTest {}
