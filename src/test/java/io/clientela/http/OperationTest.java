package io.clientela.http;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.clientela.support.ApiTest;
import io.clientela.support.SmallPoolProfile;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Response headers, slow bodies and metrics. */
@QuarkusTest
@TestProfile(SmallPoolProfile.class)
class OperationTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void apiResponsesHaveSecurityHeaders() {
        Stream<Response> responses = Stream.of(
                tenant.call().get(CUSTOMERS),
                tenant.json("{\"name\":\"Jane\"}").post(CUSTOMERS),
                tenant.json("{").post(CUSTOMERS),
                given().get(CUSTOMERS),
                tenant.call().get(CUSTOMERS + "/nothing/here"));

        assertThat(responses).allSatisfy(response -> {
            assertThat(response.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(response.header("Content-Security-Policy")).startsWith("default-src 'none'");
        });
    }

    @Test
    void slowBodyReturns408() {
        var request = "POST /v1/customers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + tenant.token()
                + "\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"name\":";
        var response = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> sendAndReadAll(request));

        assertThat(response).startsWith("HTTP/1.1 408").contains("\"body_too_slow\"");
        tenant.call().get(CUSTOMERS).then().statusCode(200).body("meta.total_count", equalTo(0));
    }

    /** The body has no length, and the connection has other requests: only the stream may be closed. */
    @Test
    void slowBodyOverHttp2Returns408() throws Exception {
        var vertx = Vertx.vertx();
        var client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setDefaultPort(RestAssured.port));
        var create = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI(CUSTOMERS)
                .putHeader("Authorization", "Bearer " + tenant.token())
                .putHeader("Content-Type", "application/json");
        var connectionClosed = new AtomicBoolean();
        try {
            var response = client.request(create)
                    .onSuccess(request -> request.connection().closeHandler(closed -> connectionClosed.set(true)))
                    .compose(request -> {
                        request.setChunked(true).write("{\"name\":");
                        return request.response();
                    })
                    .compose(head -> head.body().map(body -> head.statusCode() + " " + body))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);

            assertThat(response).startsWith("408").contains("\"body_too_slow\"");
            assertThat(connectionClosed).isFalse();
        } finally {
            vertx.close();
        }
    }

    private static String sendAndReadAll(String request) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @Test
    void metricsHaveOperationsAndLimitedTenants() {
        var tenants = Stream.generate(TestTenant::fresh).limit(4).toList();
        for (TestTenant other : tenants) {
            other.get(other.createNamed("Jane")).then().statusCode(200);
        }
        List<String> metrics = given().accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();

        assertThat(metrics).anySatisfy(line -> assertThat(line)
                .startsWith("http_server_requests_seconds_bucket")
                .contains("method=\"GET\"", "uri=\"/v1/customers/{id}\"", "le=\"0.05\""));
        var byTenant = metrics.stream()
                .filter(line -> line.startsWith("clientela_requests_total"))
                .map(line -> line.replaceFirst(".*tenant=\"([^\"]*)\".*", "$1"))
                .distinct()
                .toList();

        assertThat(byTenant).hasSize(3).contains("(others)");
    }
}
