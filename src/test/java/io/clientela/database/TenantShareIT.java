package io.clientela.database;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class TenantShareIT extends TenantShareTest {}
