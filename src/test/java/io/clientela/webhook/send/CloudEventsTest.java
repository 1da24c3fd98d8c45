package io.clientela.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.history.Event;
import io.clientela.history.Subject;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CloudEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Event UPDATED = new Event(
            UUID.fromString("01932b1c-5f0e-7000-8000-000000000001"),
            "customer.updated",
            Instant.parse("2026-02-15T14:30:00.123456Z"),
            "acme",
            new Subject(Subject.CUSTOMER, "01932b1c-5f0e-7000-8000-000000000002"),
            7L,
            "jane@acme.example",
            "req-1",
            "{\"email\":{\"from\":null,\"to\":\"rosa@lima.example\"},\"value\":{\"from\":1.50,\"to\":2}}",
            "{\"reason\":\"São Paulo\"}");

    private static final Event REVOKED = new Event(
            UPDATED.id(),
            "api_key.revoked",
            Instant.parse("2026-02-15T14:30:00Z"),
            "acme",
            new Subject(Subject.API_KEY, UPDATED.id().toString()),
            null,
            null,
            null,
            "{}",
            "{}");

    @Test
    void fullEventHasTheDataOfTheFeed() throws IOException {
        assertJson(CloudEvents.full(UPDATED), """
                {"specversion": "1.0", "id": "01932b1c-5f0e-7000-8000-000000000001", "source": "/tenants/acme",
                 "type": "customer.updated", "subject": "customer/01932b1c-5f0e-7000-8000-000000000002",
                 "time": "2026-02-15T14:30:00.123456Z", "datacontenttype": "application/json",
                 "data": {"id": "01932b1c-5f0e-7000-8000-000000000001", "type": "customer.updated",
                  "at": "2026-02-15T14:30:00.123456Z", "tenant": "acme",
                  "subject": {"type": "customer", "id": "01932b1c-5f0e-7000-8000-000000000002"},
                  "version": 7, "actor": "jane@acme.example", "request_id": "req-1",
                  "changes": {"email": {"from": null, "to": "rosa@lima.example"}, "value": {"from": 1.50, "to": 2}},
                  "details": {"reason": "São Paulo"}}}""");
    }

    @Test
    void thinEventHasIdsAndTypesOnly() throws IOException {
        assertJson(CloudEvents.thin(UPDATED), """
                {"specversion": "1.0", "id": "01932b1c-5f0e-7000-8000-000000000001", "source": "/tenants/acme",
                 "type": "customer.updated", "subject": "customer/01932b1c-5f0e-7000-8000-000000000002",
                 "time": "2026-02-15T14:30:00.123456Z", "datacontenttype": "application/json",
                 "data": {"id": "01932b1c-5f0e-7000-8000-000000000001", "type": "customer.updated",
                  "at": "2026-02-15T14:30:00.123456Z", "tenant": "acme",
                  "subject": {"type": "customer", "id": "01932b1c-5f0e-7000-8000-000000000002"}, "version": 7}}""");
    }

    @Test
    void eventOfAnotherSubjectHasNoVersion() throws IOException {
        var full = JSON.readTree(CloudEvents.full(REVOKED));

        assertThat(full.get("subject").textValue()).isEqualTo("api_key/" + UPDATED.id());
        assertThat(full.at("/data/version").isNull()).isTrue();
        assertThat(full.at("/data/changes")).isEmpty();
        assertThat(JSON.readTree(CloudEvents.thin(REVOKED)).at("/data/version").isNull())
                .isTrue();
    }

    /** CloudEvents 1.0.2, "Required Attributes", "Optional Attributes" and "Type System". */
    @Test
    void attributesAreThoseOfTheSpecification() throws IOException {
        for (byte[] body : new byte[][] {CloudEvents.full(UPDATED), CloudEvents.thin(REVOKED)}) {
            var event = JSON.readTree(body);

            assertThat(event.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data");
            event.properties().stream()
                    .filter(attribute -> !attribute.getKey().equals("data"))
                    .forEach(attribute ->
                            assertThat(attribute.getValue().textValue()).isNotBlank());
            assertThat(event.get("time").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        }
    }

    private static void assertJson(byte[] actual, String expected) throws IOException {
        assertThat(JSON.readTree(actual)).isEqualTo(JSON.readTree(expected));
    }
}
