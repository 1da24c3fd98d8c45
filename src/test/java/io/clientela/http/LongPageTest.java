package io.clientela.http;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages with as many entries as possible, each as long as possible. */
@QuarkusTest
class LongPageTest extends ApiTest {
    private static final int CUSTOMERS_IN_BATCH = 100;
    private static final int LENGTH_OF_NOTES = 40_000;

    private final TestTenant tenant = TestTenant.fresh();

    private void createLongCustomers() {
        var batch = IntStream.range(0, CUSTOMERS_IN_BATCH)
                .mapToObj(i -> "{\"name\":\"Jane " + i + "\",\"external_id\":\"" + i + "\"}")
                .collect(Collectors.joining(",", "{\"customers\":[", "]}"));
        for (String half : new String[] {"a", "b"}) {
            tenant.json(batch.replace("\"external_id\":\"", "\"external_id\":\"" + half))
                    .post(CUSTOMERS + "/batch")
                    .then()
                    .statusCode(200);
        }
        TestDatabase.execute(
                "UPDATE customer SET notes = repeat('x', ?) WHERE tenant_id = ?", LENGTH_OF_NOTES, tenant.name());
    }

    private void assertTooLong(String path) {
        tenant.call()
                .get(path)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_parameter"))
                .body("errors[0].field", equalTo("page_size"))
                .body("errors[0].code", equalTo("too_large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&sort_by=created_at&count=none", "&search=jane", "&page=1&include=stats"})
    void longPageOfCustomersIsRejected(String query) {
        createLongCustomers();

        assertTooLong(CUSTOMERS + "?page_size=200" + query);
        tenant.call()
                .get(CUSTOMERS + "?page_size=100" + query)
                .then()
                .statusCode(200)
                .body("data", hasSize(100));
    }

    @Test
    void smallerPagesReachAllCustomers() {
        createLongCustomers();

        int found = 0;
        for (String cursor = ""; cursor != null; ) {
            var page = tenant.call()
                    .get(CUSTOMERS + "?page_size=80" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found += page.getList("data").size();
            var next = page.getString("meta.next_cursor");
            cursor = next == null ? null : "&cursor=" + next;
        }

        assertThat(found).isEqualTo(2 * CUSTOMERS_IN_BATCH);
    }

    @Test
    void longPageOfHistoryIsRejected() {
        var id = tenant.createNamed("Jane");
        TestDatabase.execute(
                "INSERT INTO customer_event (tenant_id, id, customer_id, customer_version, type, at, changes)"
                        + " SELECT tenant_id, gen_random_uuid(), customer_id, version, type, at,"
                        + " '{\"notes\":{\"from\":null,\"to\":\"' || repeat('x', ?) || '\"}}'"
                        + " FROM customer_event, generate_series(2, 200) AS version WHERE customer_id = ?::uuid",
                LENGTH_OF_NOTES,
                id);
        var path = CUSTOMERS + "/" + id + "/history";

        assertTooLong(path + "?page_size=200");
        tenant.call()
                .get(path + "?page_size=50")
                .then()
                .statusCode(200)
                .body("data", hasSize(50))
                .body("meta.total_count", equalTo(200))
                .body("data[0].version", equalTo(200));
    }
}
