package io.clientela.retention;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.RetentionProfile;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories whose oldest events are past their time. */
@QuarkusTest
@TestProfile(RetentionProfile.class)
class OldHistoryTest extends ApiTest {
    @Inject
    RetentionJob job;

    private final RetentionFixture data = new RetentionFixture();
    private final TestTenant tenant = data.tenant();

    private void deleteOldEvents() {
        data.readBy("duplicates");
        job.run().await().atMost(Duration.ofMinutes(1));
    }

    private ValidatableResponse history(String id, String query) {
        return tenant.call()
                .redirects()
                .follow(false)
                .get(CUSTOMERS + "/" + id + "/history" + query)
                .then();
    }

    @Test
    void historyWithoutOldestEventsIsPaged() {
        var id = tenant.createNamed("Jane");
        for (int i = 2; i <= 5; i++) {
            tenant.patch(id, "{\"notes\":\"" + i + "\"}");
        }
        data.age(id, 1, 2, "31 days");

        deleteOldEvents();

        var cursor = history(id, "?page_size=2")
                .statusCode(200)
                .body("data.version", equalTo(List.of(5, 4)))
                .body("meta.total_count", equalTo(3))
                .extract()
                .<String>path("meta.next_cursor");
        history(id, "?page_size=2&cursor=" + cursor).statusCode(200).body("data.version", equalTo(List.of(3)));
        tenant.patch(id, "{\"notes\":\"6\"}");
        history(id, "").body("data.version", equalTo(List.of(6, 5, 4, 3)));
    }

    @Test
    void historyWithoutEventsIsEmpty() {
        var id = tenant.createNamed("Jane");
        data.age(id, 1, 1, "31 days");

        deleteOldEvents();

        history(id, "").statusCode(200).body("data", empty()).body("meta.total_count", equalTo(0));
    }

    @Test
    void historyOfDeletedCustomerIsEmpty() {
        var id = tenant.createNamed("Jane");
        tenant.call().delete(CUSTOMERS + "/" + id).then().statusCode(204);
        data.age(id, 1, 2, "31 days");

        deleteOldEvents();

        history(id, "").statusCode(200).body("data", empty());
        TestTenant.fresh().call().get(CUSTOMERS + "/" + id + "/history").then().statusCode(404);
    }

    @Test
    void historyOfMergedCustomerLeadsToTarget() {
        var target = tenant.createNamed("Jane");
        var source = tenant.createNamed("Jane Smith");
        data.merge(target, source);
        data.age(source, 1, 9, "31 days");

        deleteOldEvents();

        history(source, "").statusCode(307).header("Location", endsWith(target + "/history"));
    }

    @Test
    void consentsStay() {
        var id = tenant.create("{\"name\":\"Jane\",\"preferences\":{\"newsletter\":true}}")
                .getString("id");
        data.age(id, 1, 1, "31 days");

        deleteOldEvents();

        assertThat(data.events()).isEmpty();
        tenant.call()
                .get(CUSTOMERS + "/" + id + "/consents")
                .then()
                .statusCode(200)
                .body("data.granted", equalTo(List.of(true)));
    }
}
