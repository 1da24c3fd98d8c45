package io.clientela.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection goes to an address that was checked, whatever the name of the host leads to next. */
class WebhookTargetsTest {
    private static final Predicate<InetAddress> PUBLIC = address -> PublicAddresses.contain(address.getAddress());

    /** Stands for public addresses; 127.0.0.1 for those of the own machine. */
    private static final Predicate<InetAddress> EXCEPT_LOCALHOST =
            address -> !address.getHostAddress().equals("127.0.0.1");

    private final SenderFixture fixture = new SenderFixture();
    private final AtomicInteger requests = new AtomicInteger();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void hostWithOnePrivateAddressIsRefused() {
        int port = receiver("127.0.0.1");
        var sender =
                fixture.sender(SenderFixture.SHORT_TIMEOUT, answers("1.1.1.1,10.0.0.1,127.0.0.1"), PUBLIC, plain());

        var response = fixture.send(sender, "http://receiver.example:" + port);

        assertThat(response.error()).isEqualTo("address refused: 10.0.0.1");
        assertThat(response.status()).isNull();
        assertThat(requests).hasValue(0);
    }

    @Test
    void hostIsLookedUpOncePerRequest() {
        int port = receiver("127.0.0.1");
        var resolver = answers("1.1.1.1", "127.0.0.1");
        var sender = fixture.sender(SenderFixture.SHORT_TIMEOUT, resolver, PUBLIC, plain());

        var first = fixture.send(sender, "http://receiver.example:" + port);
        var second = fixture.send(sender, "http://receiver.example:" + port);

        assertThat(first.error()).isIn("timeout", "connection failed");
        assertThat(second.error()).isEqualTo("address refused: 127.0.0.1");
        assertThat(requests).hasValue(0);
    }

    @Test
    void keptConnectionDoesNotReplaceTheCheck() {
        int port = receiver("0.0.0.0");
        var sender = fixture.sender(
                SenderFixture.TIMEOUT, answers("127.0.0.2", "127.0.0.1", "127.0.0.3"), EXCEPT_LOCALHOST, plain());
        var url = "http://receiver.example:" + port;

        assertThat(fixture.send(sender, url).body()).isEqualTo("127.0.0.2");
        assertThat(fixture.send(sender, url).error()).isEqualTo("address refused: 127.0.0.1");
        assertThat(fixture.send(sender, url).body()).isEqualTo("127.0.0.3");
        assertThat(requests).hasValue(2);
    }

    @Test
    void nextAddressIsTriedIfOneCannotBeReached() {
        int port = receiver("127.0.0.3");
        var sender = fixture.sender(SenderFixture.TIMEOUT, answers("127.0.0.2,127.0.0.3"), EXCEPT_LOCALHOST, plain());

        assertThat(fixture.send(sender, "http://receiver.example:" + port).body())
                .isEqualTo("127.0.0.3");
    }

    @Test
    void unreachableAddressesEndWithAnError() {
        var sender = fixture.sender(
                SenderFixture.TIMEOUT, answers("127.0.0.2,127.0.0.3,127.0.0.4"), EXCEPT_LOCALHOST, plain());
        int free = fixture.httpReceiver(new HttpServerOptions().setHost("127.0.0.9"), this::answer);

        assertThat(fixture.send(sender, "http://receiver.example:" + free).error())
                .isEqualTo("connection failed");
    }

    @Test
    void slowLookUpEndsAtTimeout() {
        var sender = fixture.sender(
                SenderFixture.SHORT_TIMEOUT, host -> Future.future(never -> {}), EXCEPT_LOCALHOST, plain());

        assertThat(fixture.send(sender, "http://receiver.example:1").error()).isEqualTo("timeout");
    }

    @Test
    void certificateMustBeThatOfTheHost() throws Exception {
        var certificate = certificate();
        int port = tlsReceiver(certificate);
        var options = plain().setTrustOptions(certificate);
        var sender =
                fixture.sender(SenderFixture.TIMEOUT, answers("127.0.0.2", "127.0.0.2"), EXCEPT_LOCALHOST, options);

        assertThat(fixture.send(sender, "https://receiver.example:" + port).body())
                .isEqualTo("127.0.0.2");
        assertThat(fixture.send(sender, "https://other.example:" + port).error())
                .isEqualTo("certificate not valid for the host");
        assertThat(requests).hasValue(1);
    }

    @Test
    void certificateMustBeTrusted() throws Exception {
        int port = tlsReceiver(certificate());
        var sender = fixture.sender(SenderFixture.TIMEOUT, answers("127.0.0.2"), EXCEPT_LOCALHOST, plain());

        assertThat(fixture.send(sender, "https://receiver.example:" + port).error())
                .isEqualTo("certificate not valid for the host");
        assertThat(requests).hasValue(0);
    }

    @Test
    void plainReceiverIsNoTlsReceiver() {
        int port = receiver("127.0.0.2");
        var sender = fixture.sender(SenderFixture.TIMEOUT, answers("127.0.0.2"), EXCEPT_LOCALHOST, plain());

        assertThat(fixture.send(sender, "https://receiver.example:" + port).error())
                .isEqualTo("TLS failed");
        assertThat(requests).hasValue(0);
    }

    @Test
    void receiverThatStallsTlsEndsAtTimeout() {
        int port = fixture.rawReceiver(socket -> {});
        var sender = fixture.sender(SenderFixture.SHORT_TIMEOUT, answers("127.0.0.2"), EXCEPT_LOCALHOST, plain());

        assertThat(fixture.send(sender, "https://receiver.example:" + port).error())
                .isIn("timeout", "connection failed");
    }

    private int receiver(String address) {
        return fixture.httpReceiver(new HttpServerOptions().setHost(address), this::answer);
    }

    private int tlsReceiver(PfxOptions certificate) {
        return fixture.httpReceiver(
                new HttpServerOptions().setHost("127.0.0.2").setSsl(true).setKeyCertOptions(certificate), this::answer);
    }

    /** Returns a self-signed certificate of receiver.example with its key; the JDK has no API that makes one. */
    private PfxOptions certificate() throws IOException, InterruptedException {
        var file = directory.resolve("receiver.p12").toString();
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var name = List.of("-dname", "CN=receiver.example", "-ext", "SAN=dns:receiver.example");
        var store = List.of("-alias", "receiver", "-keyalg", "EC", "-keystore", file, "-storepass", "changeit");
        var command = Stream.of(List.of(keytool, "-genkeypair"), name, store)
                .flatMap(List::stream)
                .toList();
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        return new PfxOptions().setPath(file).setPassword("changeit");
    }

    private void answer(HttpServer server) {
        server.requestHandler(request -> {
            requests.incrementAndGet();
            request.response().end(request.localAddress().hostAddress());
        });
    }

    private static HttpClientOptions plain() {
        return WebhookConnections.options(new TestSettings(false, Duration.ofSeconds(10)));
    }

    /** Returns a resolver that has another result at each look-up: addresses with commas between. */
    private static HostResolver answers(String... results) {
        Deque<String> following = new ArrayDeque<>(Arrays.asList(results));
        return host -> Future.succeededFuture(Arrays.stream(following.remove().split(","))
                .map(WebhookTargetsTest::address)
                .toList());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
