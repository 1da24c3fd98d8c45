package io.clientela.webhook.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.history.Event;
import io.clientela.history.Subject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A delivery is verified by the libraries that receivers use. */
class StandardWebhooksTest {
    private static final Path RECEIVER = Path.of("src/test/clients/standard-webhooks");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Event EVENT = new Event(
            UUID.randomUUID(),
            "customer.updated",
            Instant.parse("2026-02-15T14:30:00Z"),
            "acme",
            Subject.of(Subject.CUSTOMER, UUID.randomUUID()),
            7L,
            "staff-1",
            "req-1",
            "{\"name\":{\"from\":\"Luis\",\"to\":\"Luís\"}}",
            "{}");

    private final SenderFixture fixture = new SenderFixture();

    @BeforeAll
    static void requireLibraries() {
        assumeTrue(
                Files.isDirectory(RECEIVER.resolve("node_modules/standardwebhooks")),
                "The libraries are not installed: run npm ci in " + RECEIVER);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void deliveryIsVerified() throws Exception {
        var delivery = deliver(CloudEvents.full(EVENT), List.of(fixture.secret));

        assertThat(verify(delivery)).isEqualTo("customer.updated\n");
    }

    @Test
    void thinDeliveryIsVerifiedWithEitherSecret() throws Exception {
        var delivery = deliver(CloudEvents.thin(EVENT), List.of(WebhookSecrets.generate(), fixture.secret));

        assertThat(verify(delivery)).isEqualTo("customer.updated\n");
    }

    @Test
    void changedBodyIsNotVerified() throws Exception {
        var delivery = deliver(CloudEvents.full(EVENT), List.of(fixture.secret));
        delivery.put("body", delivery.get("body").textValue().replace("Luís", "Luis"));

        assertThat(verify(delivery)).contains("WebhookVerificationError");
    }

    /** Returns what the receiver gets, with the secret that it knows. */
    private ObjectNode deliver(byte[] body, List<String> secrets) {
        var received = new CompletableFuture<ObjectNode>();
        int port = fixture.httpReceiver(server -> server.requestHandler(request -> request.bodyHandler(whole -> {
            var delivery = JSON.createObjectNode().put("secret", fixture.secret);
            var headers = delivery.putObject("headers");
            request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
            received.complete(delivery.put("body", whole.toString()));
            request.response().end();
        })));
        fixture.sender(SenderFixture.TIMEOUT)
                .send(new WebhookRequest(
                        URI.create("http://127.0.0.1:" + port), EVENT.id().toString(), Instant.now(), body, secrets))
                .await()
                .indefinitely();
        return received.join();
    }

    private static String verify(ObjectNode delivery) throws IOException {
        var node = new ProcessBuilder("node", "verify.mjs")
                .directory(RECEIVER.toFile())
                .redirectErrorStream(true)
                .start();
        try (var input = node.getOutputStream()) {
            input.write(JSON.writeValueAsBytes(delivery));
        }
        return new String(node.getInputStream().readAllBytes(), UTF_8);
    }
}
