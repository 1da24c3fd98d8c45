package io.clientela.customer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cursor paging during concurrent creates and deletes. */
@QuarkusTest
class CursorPagingTest extends ApiTest {
    private static final int STABLE_CUSTOMERS = 60;

    private final TestTenant tenant = TestTenant.fresh();

    @ParameterizedTest
    @CsvSource({
        "name,asc",
        "name,desc",
        "email,asc",
        "email,desc",
        "created_at,asc",
        "created_at,desc",
        "updated_at,asc",
        "updated_at,desc",
        "last_call_at,asc",
        "last_call_at,desc",
        "total_spent,asc",
        "total_spent,desc"
    })
    void cursorsNeitherSkipNorRepeatCustomers(String sortBy, String sortOrder) throws Exception {
        Set<String> stable = new HashSet<>();
        for (int i = 0; i < STABLE_CUSTOMERS; i++) {
            var email = i % 3 == 0 ? "" : ",\"email\":\"same" + (i % 4) + "@example.com\"";
            stable.add(tenant.create("{\"name\":\"Name " + (i % 5) + "\"" + email + "}")
                    .getString("id"));
        }
        // Equal and missing sort keys are the difficult cases.
        TestDatabase.execute(
                "UPDATE customer SET last_call_at = timestamptz '2026-01-01' + (number % 3) * interval '1 day' WHERE tenant_id = ? AND number % 2 = 0",
                tenant.name());
        TestDatabase.execute(
                "UPDATE customer SET total_spent = number % 4, created_at = date_trunc('day', created_at), updated_at = date_trunc('day', updated_at) WHERE tenant_id = ? AND number % 3 > 0",
                tenant.name());

        var done = new AtomicBoolean();
        var writer = new Thread(() -> createAndDelete(done));
        writer.start();
        List<String> seen;
        try {
            seen = follow(sortBy, sortOrder);
        } finally {
            done.set(true);
            writer.join();
        }
        assertThat(seen).doesNotHaveDuplicates().containsAll(stable);
    }

    private List<String> follow(String sortBy, String sortOrder) {
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var call = tenant.call()
                    .queryParam("sort_by", sortBy)
                    .queryParam("sort_order", sortOrder)
                    .queryParam("page_size", 4)
                    .queryParam("count", "none");
            if (cursor != null) {
                call.queryParam("cursor", cursor);
            }
            var page = call.get(CUSTOMERS).then().statusCode(200).extract().jsonPath();
            seen.addAll(page.getList("data.id"));
            cursor = page.getString("meta.next_cursor");
        } while (cursor != null);
        return seen;
    }

    private void createAndDelete(AtomicBoolean done) {
        int i = 0;
        List<String> created = new ArrayList<>();
        while (!done.get()) {
            created.add(tenant.create("{\"name\":\"Name " + (i++ % 5) + "\"}").getString("id"));
            if (created.size() > 5) {
                tenant.call().delete(CUSTOMERS + "/" + created.remove(0)).then().statusCode(204);
            }
        }
    }
}
