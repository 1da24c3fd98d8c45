package io.clientela.privacy;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.SixConnectionsProfile;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exports whose clients stop reading: how long they use a connection, and how they end. */
@QuarkusTest
@TestProfile(SixConnectionsProfile.class)
class DataExportStreamTest extends ApiTest {
    /** The end of a chunked body (RFC 9112, section 7.1). */
    static final String END = "0\r\n\r\n";

    private final TestTenant tenant = TestTenant.fresh();
    private String customer;

    @BeforeEach
    void createCustomer() {
        customer = PausedExport.largeCustomer(tenant);
    }

    private ValidatableResponse export(TestTenant tenant, String id) {
        return tenant.call().get(CUSTOMERS + "/" + id + "/data-export").then();
    }

    /** Reads the large export, past the tools that would make a tree of it. */
    private String wholeExport() {
        try (var export = PausedExport.of(tenant, customer)) {
            return export.readAll();
        }
    }

    @Test
    void hangUpFreesConnection() {
        var export = PausedExport.of(tenant, customer);

        export.close();

        PausedExport.await(0);
        var small = tenant.createNamed("Joe");
        for (int i = 0; i < 4; i++) {
            export(tenant, small).statusCode(200);
        }
    }

    @Test
    void failureInTheMiddleCutsResponse() {
        try (var export = PausedExport.of(tenant, customer)) {
            PausedExport.killConnections();

            var received = export.readAll();

            assertThat(received).doesNotEndWith(END).doesNotContain("\"login\"");
        }
        PausedExport.await(0);
        assertThat(wholeExport()).endsWith(END);
    }

    @Test
    void slowReaderGetsWholeDocumentOfOneSnapshot() {
        try (var export = PausedExport.of(tenant, customer)) {
            tenant.json("{\"line1\":\"x\"}").post(CUSTOMERS + "/" + customer + "/addresses");
            tenant.json("{\"notes\":\"added meanwhile\"}").post(CUSTOMERS + "/" + customer + "/calls");

            var received = export.readAll();

            assertThat(received).endsWith(END).contains("\"stored_responses\"").doesNotContain("call.added");
        }
        assertThat(wholeExport()).contains("\"call.added\"");
    }

    @Test
    void excessExportsReturn429AndOtherRequestsAreServed() {
        var other = TestTenant.fresh();
        try (var first = PausedExport.of(tenant, customer);
                var second = PausedExport.of(tenant, customer)) {
            export(tenant, customer)
                    .statusCode(429)
                    .header("Retry-After", equalTo("1"))
                    .header("Content-Disposition", nullValue())
                    .body("code", equalTo("too_many_requests"));
            tenant.get(customer).then().statusCode(200);
            tenant.patch(customer, "{\"notes\":\"changed\"}");
            export(other, other.createNamed("Joe")).statusCode(503).body("code", equalTo("overloaded"));
            other.call().get(CUSTOMERS).then().statusCode(200);

            assertThat(first.readAll()).endsWith(END);
            assertThat(second.readAll()).endsWith(END);
        }
        PausedExport.await(0);
        assertThat(wholeExport()).endsWith(END);
    }
}
