package io.clientela.dialect.aivapad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.PausedResponse;
import io.clientela.support.SixConnectionsProfile;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The list of Aivapad, whose clients stop reading: nothing is read ahead of them, and no part is taken for the whole.
 */
@QuarkusTest
@TestProfile(SixConnectionsProfile.class)
class AivapadStreamTest extends ApiTest {
    private static final String PATH = "/api/external/v1/customers";
    private static final String STATEMENTS = "%ORDER BY created_at DESC%";
    private static final int COUNT = 3000;

    /** The end of the array, and of a chunked body (RFC 9112, section 7.1). */
    private static final String END = "]\r\n0\r\n\r\n";

    private final TestTenant tenant = TestTenant.fresh();

    /** Adds customers who have together several times what sockets buffer. */
    @BeforeEach
    void addCustomers() {
        TestDatabase.execute(
                "INSERT INTO customer (tenant_id, id, number, version, type, status, name, role, notes, created_at,"
                        + " updated_at) SELECT ?, gen_random_uuid(), nextval('customer_number'), 1, 'individual',"
                        + " 'active', 'Customer ' || n, 'customer', repeat('0123456789', 400), now(), now()"
                        + " FROM generate_series(1, ?) AS n",
                tenant.name(),
                COUNT);
    }

    private static long count(String text) {
        return Pattern.compile("\"_id\"").matcher(text).results().count();
    }

    @Test
    void slowReaderGetsWholeListOfOneSnapshot() {
        try (var list = PausedResponse.of(tenant, PATH, STATEMENTS)) {
            TestDatabase.execute("UPDATE customer SET name = 'Changed' WHERE tenant_id = ?", tenant.name());

            var received = list.readAll();

            assertThat(received).endsWith(END).doesNotContain("Changed");
            assertThat(count(received)).isGreaterThan(COUNT - 5);
        }
    }

    @Test
    void failureInTheMiddleCutsArray() {
        try (var list = PausedResponse.of(tenant, PATH, STATEMENTS)) {
            PausedResponse.killConnections(STATEMENTS);

            var received = list.readAll();

            assertThat(received).doesNotEndWith(END);
            assertThat(count(received)).isLessThan(COUNT);
        }
    }

    @Test
    void hangUpFreesConnection() {
        PausedResponse.of(tenant, PATH, STATEMENTS).close();

        PausedResponse.await(0, STATEMENTS);
    }

    @Test
    void excessListsReturn429InShapeOfDialect() {
        try (var first = PausedResponse.of(tenant, PATH, STATEMENTS);
                var second = PausedResponse.of(tenant, PATH, STATEMENTS)) {
            tenant.call()
                    .get(PATH)
                    .then()
                    .statusCode(429)
                    .contentType("application/json")
                    .header("Retry-After", equalTo("1"))
                    .header("X-Problem-Code", equalTo("too_many_requests"))
                    .body("keySet()", contains("error", "message"));

            assertThat(first.readAll()).endsWith(END);
            assertThat(second.readAll()).endsWith(END);
        }
    }
}
