package io.clientela.webhook;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.clientela.support.ApiTest;
import io.clientela.support.BackgroundWorkProfile;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestReceiver;
import io.clientela.support.TestReceiver.Message;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(BackgroundWorkProfile.class)
class WebhookDeliveryTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    /** As a receiver verifies it (Standard Webhooks 1.0.0, "Verifying signatures"). */
    private static String signature(String secret, Message message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            var signed = message.id() + "." + message.timestamp() + "." + message.body();
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> signatures(Message message) {
        return List.of(message.signatures().split(" "));
    }

    private List<String> readers() {
        return TestDatabase.column(
                "SELECT reader FROM event_cursor WHERE tenant_id = ? AND reader = 'webhooks'", tenant.name());
    }

    @Test
    void newCustomerIsDeliveredSigned() {
        try (var receiver = TestReceiver.accepting()) {
            var webhook = WebhookFixture.of(tenant, receiver);
            var customer = tenant.createNamed("Jane");

            var message = receiver.await(1).get(0);
            webhook.await("succeeded", 1);

            assertThat(message.type()).isEqualTo("customer.created");
            assertThat(message.json().getString("id")).isEqualTo(message.id());
            assertThat(message.body()).contains(customer).doesNotContain("Jane");
            assertThat(signatures(message)).containsExactly(signature(webhook.secret(), message));
            var delivery = webhook.deliveries();
            assertThat(delivery.getString("data[0].id")).isEqualTo(message.id());
            assertThat(delivery.getString("data[0].subject.id")).isEqualTo(customer);
            assertThat(delivery.getInt("data[0].attempts")).isEqualTo(1);
            assertThat(delivery.getInt("data[0].response_status")).isEqualTo(204);
            assertThat(delivery.getString("data[0].finished_at")).isNotNull();
        }
    }

    @Test
    void fullPayloadHasValues() {
        try (var receiver = TestReceiver.accepting()) {
            WebhookFixture.full(tenant, receiver);
            tenant.createNamed("Jane");

            assertThat(receiver.await(1).get(0).body()).contains("Jane");
        }
    }

    @Test
    void typesSelectEvents() {
        try (var receiver = TestReceiver.accepting()) {
            WebhookFixture.of(tenant, receiver.url(), "customer.updated,order.*");
            var id = tenant.createNamed("Jane");
            tenant.patch(id, "{\"notes\":\"a\"}");
            tenant.json("{\"number\":\"1\",\"total\":1}")
                    .post(CUSTOMERS + "/" + id + "/orders")
                    .then()
                    .statusCode(201);

            assertThat(receiver.await(2)).extracting(Message::type).containsExactly("customer.updated", "order.added");
        }
    }

    @Test
    void eventsBeforeWebhookAreNotDelivered() {
        tenant.createNamed("Before");
        try (var receiver = TestReceiver.accepting();
                var later = TestReceiver.accepting()) {
            WebhookFixture.full(tenant, receiver);
            tenant.createNamed("Between");
            WebhookFixture.full(tenant, later);
            tenant.createNamed("After");

            assertThat(receiver.await(2)).extracting(Message::body).noneMatch(body -> body.contains("Before"));
            assertThat(later.await(1)).hasSize(1).allMatch(message -> message.body()
                    .contains("After"));
        }
    }

    @Test
    void busyReceiverGetsTheTimeThatItAsksFor() {
        try (var receiver = TestReceiver.answering(message -> 429)) {
            var webhook = WebhookFixture.of(tenant, receiver);
            var start = Instant.now();
            tenant.createNamed("Jane");

            WebhookFixture.await(
                    () -> webhook.deliveries().getString("data[0].next_attempt_at") != null, "next attempts");

            assertThat(Instant.parse(webhook.deliveries().getString("data[0].next_attempt_at")))
                    .isAfter(start.plus(TestReceiver.RETRY_AFTER));
        }
    }

    @Test
    void otherTenantsGetNothing() {
        try (var receiver = TestReceiver.accepting();
                var own = TestReceiver.accepting()) {
            WebhookFixture.of(TestTenant.fresh(), receiver);
            WebhookFixture.of(tenant, own);
            tenant.createNamed("Jane");

            own.await(1);
            assertThat(receiver.messages()).isEmpty();
        }
    }

    @Test
    void failedAttemptIsRetriedWithItsReason() {
        var attempts = new AtomicInteger();
        try (var receiver = TestReceiver.answering(message -> attempts.incrementAndGet() < 3 ? 503 : 200)) {
            var webhook = WebhookFixture.of(tenant, receiver);
            tenant.createNamed("Jane");
            WebhookFixture.await(
                    () -> webhook.deliveries().getString("data[0].next_attempt_at") != null, "next attempts");
            var failed = webhook.deliveries();
            assertThat(failed.getString("data[0].status")).isEqualTo("pending");
            assertThat(failed.getInt("data[0].response_status")).isEqualTo(503);
            assertThat(failed.getString("data[0].response_body")).isEqualTo(TestReceiver.ANSWER);
            assertThat(webhook.get().getString("failing_since")).isNotNull();

            webhook.awaitHurried("succeeded", 1);

            assertThat(receiver.messages()).extracting(Message::id).containsOnly(failed.getString("data[0].id"));
            var delivery = webhook.deliveries();
            assertThat(delivery.getInt("data[0].attempts")).isEqualTo(3);
            assertThat(delivery.getString("data[0].response_body")).isNull();
            assertThat(webhook.get().getString("failing_since")).isNull();
        }
    }

    @Test
    void ninthFailureIsTheLast() {
        try (var receiver = TestReceiver.answering(message -> 500)) {
            var webhook = WebhookFixture.of(tenant, receiver);
            tenant.createNamed("Jane");

            webhook.awaitHurried("failed", 1);

            assertThat(receiver.messages()).hasSize(9);
        }
    }

    @Test
    void leaseOfKilledInstanceIsTakenOver() {
        try (var receiver = TestReceiver.answering(message -> 500)) {
            var webhook = WebhookFixture.of(tenant, receiver);
            tenant.createNamed("Jane");
            WebhookFixture.await(
                    () -> TestDatabase.execute(
                                    "UPDATE webhook_delivery SET leased_by = gen_random_uuid()"
                                            + " WHERE webhook_id = ?::uuid AND leased_by IS NULL AND due_at > now()",
                                    webhook.id())
                            == 1,
                    "deliveries that wait for the next attempt");
            assertThat(webhook.deliveries().getString("data[0].next_attempt_at"))
                    .isNull();

            TestDatabase.execute("UPDATE webhook_delivery SET due_at = now() WHERE webhook_id = ?::uuid", webhook.id());

            receiver.await(2);
        }
    }

    @Test
    void goneReceiverSwitchesWebhookOff() {
        try (var receiver = TestReceiver.answering(message -> 410)) {
            var webhook = WebhookFixture.of(tenant, receiver);
            tenant.createNamed("Jane");

            WebhookFixture.await(() -> !webhook.get().getBoolean("active"), "webhooks that are off");

            assertThat(webhook.get().getString("disabled_reason")).isEqualTo("gone");
            assertThat(webhook.deliveries().getString("data[0].status")).isEqualTo("failed");
            assertThat(readers()).isEmpty();
            assertThat(TestDatabase.column(
                            "SELECT details FROM customer_event WHERE tenant_id = ? AND type = 'webhook.disabled'",
                            tenant.name()))
                    .containsExactly("{\"reason\":\"gone\"}");
        }
    }

    @Test
    void webhookThatFailedForDaysIsSwitchedOff() {
        try (var receiver = TestReceiver.answering(message -> 500)) {
            var webhook = WebhookFixture.of(tenant, receiver);
            TestDatabase.execute(
                    "UPDATE webhook SET failing_since = now() - interval '73 hours' WHERE id = ?::uuid", webhook.id());
            tenant.createNamed("Jane");

            WebhookFixture.await(() -> !webhook.get().getBoolean("active"), "webhooks that are off");

            assertThat(webhook.get().getString("disabled_reason")).isEqualTo("failing");
            assertThat(webhook.deliveries().getString("data[0].status")).isEqualTo("pending");
        }
    }

    @Test
    void webhookSwitchedOnAgainGetsWhatItWasToGet() {
        var down = new AtomicInteger(500);
        try (var receiver = TestReceiver.answering(message -> down.get())) {
            var webhook = WebhookFixture.full(tenant, receiver);
            tenant.createNamed("Before");
            receiver.await(1);
            webhook.patch("{\"active\":false}");
            tenant.createNamed("Meanwhile");
            down.set(200);
            webhook.patch("{\"active\":true}");
            tenant.createNamed("After");

            webhook.awaitHurried("succeeded", 2);

            assertThat(receiver.messages().stream().filter(message -> message.status() == 200))
                    .extracting(Message::body)
                    .anyMatch(body -> body.contains("Before"))
                    .anyMatch(body -> body.contains("After"))
                    .noneMatch(body -> body.contains("Meanwhile"));
        }
    }

    @Test
    void deletedWebhookGetsNothingMore() {
        var receiver = TestReceiver.answering(message -> 500);
        try (receiver) {
            var webhook = WebhookFixture.of(tenant, receiver);
            tenant.createNamed("Jane");
            receiver.await(1);

            webhook.delete();
            var arrived = receiver.messages().size();
            webhook.hurry();
            tenant.createNamed("Jack");

            try (var other = TestReceiver.accepting()) {
                WebhookFixture.of(tenant, other);
                tenant.createNamed("Joe");
                other.await(1);
            }
            assertThat(receiver.messages()).hasSize(arrived);
        }
    }

    @Test
    void redeliveredEventHasSameId() {
        try (var receiver = TestReceiver.accepting()) {
            var webhook = WebhookFixture.of(tenant, receiver);
            tenant.createNamed("Jane");
            webhook.await("succeeded", 1);
            var id = webhook.deliveries().getString("data[0].id");

            webhook.redeliver(id);

            assertThat(receiver.await(2)).extracting(Message::id).containsExactly(id, id);
            webhook.await("succeeded", 1);
            tenant.call()
                    .post(webhook.path() + "/deliveries/" + UUID.randomUUID() + "/redeliver")
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void testIsDeliveredAndShown() {
        try (var receiver = TestReceiver.accepting()) {
            var webhook = WebhookFixture.of(tenant, receiver);
            var other = WebhookFixture.of(tenant, receiver.url(), "*");

            var location = tenant.call()
                    .post(webhook.path() + "/test")
                    .then()
                    .statusCode(202)
                    .body("type", equalTo("webhook.test"))
                    .extract()
                    .header("Location");

            assertThat(receiver.await(1).get(0).type()).isEqualTo("webhook.test");
            webhook.await("succeeded", 1);
            tenant.call().get(location).then().body("status", equalTo("succeeded"));
            assertThat(other.deliveries().getList("data")).isEmpty();
        }
    }

    @Test
    void bothSecretsSignDuringOverlap() {
        try (var receiver = TestReceiver.accepting()) {
            var webhook = WebhookFixture.of(tenant, receiver);
            var newSecret = tenant.json("{\"overlap_seconds\":600}")
                    .post(webhook.path() + "/rotate-secret")
                    .<String>path("secret");
            tenant.createNamed("Jane");
            var during = receiver.await(1).get(0);
            TestDatabase.execute(
                    "UPDATE webhook_secret SET expires_at = now() WHERE webhook_id = ?::uuid AND expires_at IS NOT NULL",
                    webhook.id());
            tenant.createNamed("Jack");
            var after = receiver.await(2).get(1);

            assertThat(signatures(during))
                    .containsExactlyElementsOf(Stream.of(newSecret, webhook.secret())
                            .map(secret -> signature(secret, during))
                            .toList());
            assertThat(signatures(after)).containsExactly(signature(newSecret, after));
        }
    }

    @Test
    void erasureReachesDeliveriesToCome() {
        try (var receiver = TestReceiver.answering(message -> 500)) {
            var webhook = WebhookFixture.full(tenant, receiver);
            var id = tenant.createNamed("Jane");
            assertThat(receiver.await(1).get(0).body()).contains("Jane");
            WebhookFixture.await(() -> webhook.deliveries().getString("data[0].response_body") != null, "answers");

            tenant.call().post(CUSTOMERS + "/" + id + "/erasure").then().statusCode(200);
            assertThat(webhook.deliveries().getList("data.response_body", String.class))
                    .containsOnlyNulls();
            int before = receiver.messages().size();
            webhook.hurry();

            assertThat(receiver.await(before + 1).subList(before, before + 1))
                    .allSatisfy(message -> assertThat(message.body()).doesNotContain("Jane"));
        }
    }
}
