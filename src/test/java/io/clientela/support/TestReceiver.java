package io.clientela.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** A receiver of webhooks in this process. */
public final class TestReceiver implements AutoCloseable {
    /** What a receiver answers with, so that it can be found. */
    public static final String ANSWER = "answer of the receiver";

    /** How long a receiver that answers with 429 asks to wait. */
    public static final Duration RETRY_AFTER = Duration.ofHours(1);

    private static final int BUSY = 429;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final ToIntFunction<Message> status;

    /**
     * A message that arrived.
     *
     * @param signatures one for each secret, with spaces between them
     * @param status the status of the answer
     */
    public record Message(String id, String timestamp, String signatures, String body, int status) {
        public String type() {
            return json().getString("type");
        }

        public JsonPath json() {
            return JsonPath.from(body);
        }
    }

    private TestReceiver(ToIntFunction<Message> status) {
        this.status = status;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Starts a receiver that answers each message with the status that a function returns, when it returns. */
    public static TestReceiver answering(ToIntFunction<Message> status) {
        return new TestReceiver(status);
    }

    /** Starts a receiver that accepts all messages. */
    public static TestReceiver accepting() {
        return answering(message -> 204);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var message = new Message(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    0);
            int code = status.applyAsInt(message);
            messages.add(new Message(message.id(), message.timestamp(), message.signatures(), message.body(), code));
            if (code == BUSY) {
                exchange.getResponseHeaders().set("Retry-After", String.valueOf(RETRY_AFTER.toSeconds()));
            }
            var body = ANSWER.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, code == 204 ? -1 : body.length);
            if (code != 204) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
    }

    /** Returns the answered messages in the order in which they were answered. */
    public List<Message> messages() {
        return new ArrayList<>(messages);
    }

    /** Waits until this many messages were answered; returns all. */
    public List<Message> await(int count) {
        for (int attempts = 600; attempts > 0 && messages.size() < count; attempts--) {
            sleep();
        }
        if (messages.size() < count) {
            throw new AssertionError("Only " + messages.size() + " of " + count + " messages arrived");
        }
        return messages();
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
