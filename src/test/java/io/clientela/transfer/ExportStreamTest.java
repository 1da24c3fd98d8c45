package io.clientela.transfer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.SixConnectionsProfile;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exports whose clients stop reading: how long they use a connection, and how they end. */
@QuarkusTest
@TestProfile(SixConnectionsProfile.class)
class ExportStreamTest extends ApiTest {
    private static final int COUNT = 3000;

    /** The end of a chunked body (RFC 9112, section 7.1). */
    private static final String END = "0\r\n\r\n";

    private final TestTenant tenant = TestTenant.fresh();

    @BeforeEach
    void addCustomers() {
        PausedFile.addCustomers(tenant, COUNT);
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    @Test
    void hangUpFreesConnection() {
        for (String query : new String[] {"", "?format=ndjson"}) {
            PausedFile.of(tenant, query).close();

            PausedFile.await(0);
        }
        for (int i = 0; i < 4; i++) {
            ExportedFile.get(tenant, "?columns=id&search=2999").ok();
        }
    }

    @Test
    void failureInTheMiddleCutsResponse() {
        for (String query : new String[] {"", "?format=ndjson&trailer=true"}) {
            try (var export = PausedFile.of(tenant, query)) {
                PausedFile.killConnections();

                var received = export.readAll();

                assertThat(received).doesNotEndWith(END).doesNotContain("\"count\"");
                assertThat(count(received, "Customer \\d+")).isLessThan(COUNT);
            }
            PausedFile.await(0);
        }
        assertThat(ExportedFile.get(tenant, "?columns=name").ok().rows()).hasSize(COUNT);
    }

    @Test
    void slowReaderGetsWholeListOfOneSnapshot() {
        try (var export = PausedFile.of(tenant, "?format=ndjson&trailer=true")) {
            tenant.createNamed("Customer 99999");
            TestDatabase.execute("UPDATE customer SET name = 'Changed' WHERE tenant_id = ?", tenant.name());
            TestDatabase.execute("DELETE FROM customer WHERE tenant_id = ? AND number % 2 = 0", tenant.name());

            var received = export.readAll();

            assertThat(received)
                    .endsWith(END)
                    .contains("{\"count\":" + COUNT + "}")
                    .doesNotContain("99999")
                    .doesNotContain("Changed");
            assertThat(count(received, "\"name\":\"Customer \\d+\"")).isGreaterThan(COUNT - 100);
        }
        assertThat(ExportedFile.get(tenant, "").ok().text()).contains("Changed");
    }

    @Test
    void everyCustomerIsExportedOnce() {
        var names =
                ExportedFile.get(tenant, "?columns=id,name&sort_by=name").ok().rows();

        assertThat(names.stream().map(row -> row.get("id")).distinct()).hasSize(COUNT);
        assertThat(names.stream().map(row -> row.get("name"))).isSorted();
    }

    @Test
    void excessExportsReturn429AndOtherRequestsAreServed() {
        try (var first = PausedFile.of(tenant, "");
                var second = PausedFile.of(tenant, "")) {
            tenant.call()
                    .get(ExportedFile.PATH)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", equalTo("1"))
                    .header("Content-Disposition", nullValue())
                    .header("Content-Encoding", nullValue())
                    .body("code", equalTo("too_many_requests"));
            tenant.call().get(CUSTOMERS).then().statusCode(200);

            assertThat(first.readAll()).endsWith(END);
            assertThat(second.readAll()).endsWith(END);
        }
        PausedFile.await(0);
    }
}
