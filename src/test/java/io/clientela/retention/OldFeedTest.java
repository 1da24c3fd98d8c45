package io.clientela.retention;

import static org.hamcrest.Matchers.contains;
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

/** A feed whose oldest events are past their time. */
@QuarkusTest
@TestProfile(RetentionProfile.class)
class OldFeedTest extends ApiTest {
    @Inject
    RetentionJob job;

    private final RetentionFixture data = new RetentionFixture();
    private final TestTenant tenant = data.tenant();

    private void deleteOldEvents() {
        data.readBy("duplicates");
        job.run().await().atMost(Duration.ofMinutes(1));
    }

    private ValidatableResponse events(String query) {
        return tenant.call().get("/v1/events" + query).then();
    }

    private List<String> ids() {
        return events("").extract().path("data.id");
    }

    @Test
    void deletedPositionReturns410() {
        data.events(3, "31 days");
        var old = ids();
        tenant.createNamed("Jane");

        deleteOldEvents();

        events("?after=" + old.get(0)).statusCode(410).body("code", equalTo("events_gone"));
        events("?after=" + old.get(1)).statusCode(410);
    }

    @Test
    void lastDeletedEventMissesNothing() {
        data.events(3, "31 days");
        var old = ids();
        tenant.createNamed("Jane");

        deleteOldEvents();

        events("?after=" + old.get(2)).statusCode(200).body("data.type", contains("customer.created"));
        events("").statusCode(200).body("data.type", contains("customer.created"));
    }

    @Test
    void latestOfEmptiedFeedIsFollowed() {
        data.events(2, "31 days");
        deleteOldEvents();

        String latest = events("?after=latest").statusCode(200).extract().path("meta.next");
        tenant.createNamed("Jane");

        events("?after=" + latest).statusCode(200).body("data.type", contains("customer.created"));
    }
}
