package io.clientela.privacy;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.ImpatientProfile;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ImpatientProfile.class)
class SlowExportTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void clientThatDoesNotReadIsCutOff() {
        var customer = PausedExport.largeCustomer(tenant);
        try (var export = PausedExport.of(tenant, customer)) {
            PausedExport.await(0);

            assertThat(export.readAll()).doesNotEndWith(DataExportStreamTest.END);
        }
        tenant.call().get(CUSTOMERS + "/" + customer + "/data-export").then().statusCode(200);
    }
}
