package io.clientela.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that want the sender's memory, time or trust get neither. */
class HostileReceiverTest {
    private static final int KIB = 1_024;

    private final SenderFixture fixture = new SenderFixture();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void endlessBodyIsCutAfter1KiB() throws Exception {
        var response = sendTo(socket -> {
            socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            fixture.vertx.setPeriodic(1, tick -> socket.write("10000\r\n" + "x".repeat(0x10000) + "\r\n"));
        });

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("x".repeat(KIB));
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void endlessBodyWithoutLengthIsCutAfter1KiB() throws Exception {
        var response = sendTo(socket -> {
            socket.write("HTTP/1.1 500 No\r\n\r\n");
            fixture.vertx.setPeriodic(1, tick -> socket.write("x".repeat(0x10000)));
        });

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body()).hasSize(KIB);
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void answerInDripsEndsAtTimeout() throws Exception {
        var response = sendTo(SenderFixture.SHORT_TIMEOUT, socket -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            fixture.vertx.setPeriodic(20, tick -> socket.write("x"));
        });

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isNotEmpty().hasSizeLessThan(KIB);
        assertThat(response.error()).isNull();
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void headersInDripsEndAtTimeout() throws Exception {
        var response = sendTo(SenderFixture.SHORT_TIMEOUT, socket -> {
            socket.write("HTTP/1.1 200 OK\r\nX-Header: ");
            fixture.vertx.setPeriodic(20, tick -> socket.write("x"));
        });

        assertThat(response.status()).isNull();
        assertThat(response.error()).isEqualTo("timeout");
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void silentReceiverEndsAtTimeout() throws Exception {
        var response = sendTo(SenderFixture.SHORT_TIMEOUT, socket -> {});

        assertThat(response.error()).isEqualTo("timeout");
        assertThat(response.duration()).isGreaterThanOrEqualTo(SenderFixture.SHORT_TIMEOUT);
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void receiverThatReadsNothingEndsAtTimeout() {
        int port = fixture.rawReceiver(NetSocket::pause);
        var large = new WebhookRequest(
                URI.create("http://127.0.0.1:" + port),
                "msg-1",
                Instant.now(),
                new byte[64 * KIB * KIB],
                List.of(fixture.secret));

        var response =
                fixture.sender(SenderFixture.SHORT_TIMEOUT).send(large).await().indefinitely();

        assertThat(response.error()).isEqualTo("timeout");
    }

    @Test
    void endlessInterimAnswersEndAtTimeout() throws Exception {
        for (String interim : new String[] {"100 Continue", "103 Early Hints"}) {
            var response = sendTo(
                    SenderFixture.SHORT_TIMEOUT,
                    socket -> fixture.vertx.setPeriodic(5, tick -> socket.write("HTTP/1.1 " + interim + "\r\n\r\n")));

            assertThat(response.status()).as(interim).isNull();
            assertThat(response.error()).as(interim).isNotNull();
        }
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void answerAfterInterimAnswersIsReturned() {
        var response = sendTo(socket -> socket.write("HTTP/1.1 100 Continue\r\n\r\n"
                + "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + "HTTP/1.1 204 No Content\r\n\r\n"));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade", "102 Processing"})
    void interimAnswerIsNoSuccess(String interim) {
        var response = sendTo(SenderFixture.SHORT_TIMEOUT, socket -> socket.write("HTTP/1.1 " + interim + "\r\n\r\n"));

        assertThat(response.status()).isIn(null, 101, 102);
    }

    @Test
    void hugeHeadersAreNoAnswer() throws Exception {
        var response = sendTo(socket ->
                socket.write("HTTP/1.1 200 OK\r\nX-Header: " + "x".repeat(64 * KIB) + "\r\nContent-Length: 0\r\n\r\n"));

        assertThat(response.status()).isNull();
        assertThat(response.error()).isEqualTo("no valid answer");
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void manyHeadersAreNoAnswer() throws Exception {
        var response = sendTo(socket -> socket.write("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(100_000) + "\r\n"));

        assertThat(response.error()).isEqualTo("no valid answer");
        closed.get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/9.9 200 OK\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "SSH-2.0-OpenSSH_9.9\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            })
    void brokenAnswerIsAnError(String answer) {
        var response = sendTo(socket -> socket.write(answer).onComplete(written -> socket.close()));

        assertThat(response.status()).isNull();
        assertThat(response.error()).isIn("no valid answer", "connection closed");
    }

    @Test
    void closedConnectionIsAnError() {
        assertThat(sendTo(NetSocket::close).error()).isEqualTo("connection closed");
    }

    @Test
    void statusOfCutAnswerCounts() {
        var response = sendTo(socket -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            fixture.vertx.setTimer(100, read -> socket.close());
        });

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("abc");
    }

    @Test
    void compressedAnswerIsNotDecompressed() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[KIB * KIB]);
        }

        var response = sendTo(socket -> socket.write(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n")
                .onComplete(written -> socket.write(Buffer.buffer(bomb.toByteArray()))));

        assertThat(response.body()).hasSizeLessThanOrEqualTo(KIB).doesNotContain("\0\0\0\0");
    }

    @Test
    void bodyIsStorableText() {
        var response = sendTo(socket -> socket.write(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
                .appendBytes(new byte[] {'a', 0, (byte) 0xed, (byte) 0xa0})));

        assertThat(response.body()).startsWith("a\uFFFD").doesNotContain("\0");
    }

    @Test
    void unaskedSecondAnswerIsNotThatOfTheNextRequest() {
        int port = fixture.rawReceiver(socket -> socket.write(
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" + "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"));
        var sender = fixture.sender(SenderFixture.TIMEOUT);

        for (int i = 0; i < 3; i++) {
            assertThat(fixture.send(sender, "http://127.0.0.1:" + port).status())
                    .isEqualTo(200);
        }
    }

    private WebhookResponse sendTo(Consumer<NetSocket> answer) {
        return sendTo(SenderFixture.TIMEOUT, answer);
    }

    private WebhookResponse sendTo(Duration timeout, Consumer<NetSocket> answer) {
        int port = fixture.rawReceiver(socket -> {
            socket.closeHandler(end -> closed.complete(null));
            answer.accept(socket);
        });
        return fixture.send(fixture.sender(timeout), "http://127.0.0.1:" + port);
    }
}
