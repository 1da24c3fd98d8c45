package io.clientela.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Export of traces to an OTLP collector. The collector runs in this process, so there is no {@code IT}. */
@QuarkusTest
@TestProfile(TracesTest.TracingProfile.class)
class TracesTest extends ApiTest {
    private static final String PORT = "test.collector.port";

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private HttpServer collector;

    /** Enables traces. */
    public static class TracingProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.otel.sdk.disabled", "false",
                    "quarkus.otel.exporter.otlp.endpoint", "http://localhost:" + port(),
                    "quarkus.otel.exporter.otlp.protocol", "http/protobuf",
                    "quarkus.otel.bsp.schedule.delay", "100ms");
        }

        /** Returns a free port, stored in a system property because two class loaders load this class. */
        private static String port() {
            try (var free = new ServerSocket(0)) {
                System.getProperties().putIfAbsent(PORT, String.valueOf(free.getLocalPort()));
                return System.getProperty(PORT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void startCollector() throws IOException {
        collector = HttpServer.create(new InetSocketAddress("localhost", Integer.getInteger(PORT)), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stopCollector() {
        collector.stop(0);
    }

    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void requestAndStatementJoinCallersTrace() throws InterruptedException {
        var id = tenant.createNamed("Jane");
        var trace = UUID.randomUUID().toString().replace("-", "");
        tenant.call()
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .get(TestTenant.CUSTOMERS + "/" + id)
                .then()
                .statusCode(200);
        var expected = new String[] {
            new String(HexFormat.of().parseHex(trace), ISO_8859_1), "GET /v1/customers/{id}", "FROM customer"
        };
        var exported = "";
        for (var batch = ""; batch != null && !Stream.of(expected).allMatch(exported::contains); batch = next()) {
            exported += batch;
        }

        assertThat(exported).contains(expected).doesNotContain("Jane");
    }

    private String next() throws InterruptedException {
        return received.poll(5, TimeUnit.SECONDS);
    }
}
