package io.clientela.dialect;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class DialectDocumentIT extends DialectDocumentTest {}
