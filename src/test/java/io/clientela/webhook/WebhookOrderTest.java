package io.clientela.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.ApiTest;
import io.clientela.support.BackgroundWorkProfile;
import io.clientela.support.Parallel;
import io.clientela.support.TestReceiver;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deliveries are in order for each customer, and neither customers nor endpoints wait for each other. */
@QuarkusTest
@TestProfile(BackgroundWorkProfile.class)
class WebhookOrderTest extends ApiTest {
    private static final int CUSTOMERS = 4;
    private static final int CHANGES = 15;

    private final TestTenant tenant = TestTenant.fresh();

    /** Holds its answers back until it is opened; not for longer than an attempt takes. */
    private static final class Gate {
        private final CountDownLatch open = new CountDownLatch(1);

        int answer() {
            try {
                return open.await(8, TimeUnit.SECONDS) ? 200 : 500;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 500;
            }
        }
    }

    private List<String> createCustomers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> tenant.createNamed("Customer " + i))
                .toList();
    }

    /** Returns the requests of concurrent changes of the customers. */
    private HttpRequest change(List<String> customers, int number) {
        return tenant.request(TestTenant.CUSTOMERS + "/" + customers.get(number % customers.size()))
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"notes\":\"" + number + "\"}"))
                .build();
    }

    @Test
    void changesOfCustomerArriveInOrder() {
        var random = new Random(1);
        try (var receiver = TestReceiver.answering(message -> random.nextInt(4) == 0 ? 500 : 200)) {
            var webhook = WebhookFixture.full(tenant, receiver);
            var customers = createCustomers(CUSTOMERS);
            Parallel.sendUntilServed(CUSTOMERS * CHANGES, number -> change(customers, number));

            webhook.awaitHurried("succeeded", CUSTOMERS * (CHANGES + 1));

            var accepted = receiver.messages().stream()
                    .filter(message -> message.status() == 200)
                    .toList();
            assertThat(accepted).hasSize(CUSTOMERS * (CHANGES + 1));
            customers.forEach(id -> assertThat(accepted.stream()
                            .filter(message -> message.body().contains(id))
                            .map(message -> message.json().getInt("data.version")))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, CHANGES + 1).boxed().toList()));
        }
    }

    @Test
    void slowEndpointHoldsUpNoOther() {
        var gate = new Gate();
        try (var slow = TestReceiver.answering(message -> gate.answer());
                var fast = TestReceiver.accepting()) {
            var webhook = WebhookFixture.of(tenant, slow);
            WebhookFixture.of(tenant, fast);
            createCustomers(40);

            fast.await(40);

            assertThat(slow.messages()).noneMatch(message -> message.status() == 200);
            gate.open.countDown();
            webhook.awaitHurried("succeeded", 40);
        }
    }

    @Test
    void slowCustomerHoldsUpNoOther() {
        var gate = new Gate();
        var slow = tenant.createNamed("Slow");
        try (var receiver = TestReceiver.answering(message -> message.body().contains(slow) ? gate.answer() : 200)) {
            var webhook = WebhookFixture.of(tenant, receiver);
            tenant.patch(slow, "{\"notes\":\"a\"}");
            tenant.patch(slow, "{\"notes\":\"b\"}");
            createCustomers(20);

            webhook.await("succeeded", 20);

            assertThat(receiver.messages().stream().filter(message -> message.status() == 200))
                    .noneMatch(message -> message.body().contains(slow));
            gate.open.countDown();
            webhook.awaitHurried("succeeded", 22);
        }
    }

    @Test
    void waitingEventFollowsFailedOne() {
        var id = tenant.createNamed("Jane");
        try (var receiver = TestReceiver.answering(message -> message.body().contains("\"a\"") ? 500 : 200)) {
            var webhook = WebhookFixture.full(tenant, receiver);
            tenant.patch(id, "{\"notes\":\"a\"}");
            receiver.await(1);
            tenant.patch(id, "{\"tags\":[\"b\"]}");
            webhook.await("waiting", 1);

            webhook.awaitHurried("failed", 1);

            webhook.await("succeeded", 1);
            assertThat(webhook.deliveries().getList("data.status")).isEqualTo(List.of("succeeded", "failed"));
        }
    }
}
