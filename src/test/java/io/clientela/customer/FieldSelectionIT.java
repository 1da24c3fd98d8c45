package io.clientela.customer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class FieldSelectionIT extends FieldSelectionTest {}
