package io.clientela.dialect.storefront;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class OwnStorefrontIT extends OwnStorefrontTest {}
