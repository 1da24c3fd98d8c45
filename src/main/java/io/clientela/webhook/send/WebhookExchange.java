package io.clientela.webhook.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * One HTTP request and its answer, in one Vert.x context. It ends when the answer has, or 1 KiB of it came, or the time
 * is over; whatever the receiver still sends then is not read, since the connection is closed.
 */
final class WebhookExchange {
    private static final int MAX_BODY = 1_024;

    private final HttpClient client;
    private final Buffer requestBody;
    private final Buffer body = Buffer.buffer();
    private final Promise<WebhookAnswer> result = Promise.promise();
    private HttpClientRequest request;
    private HttpClientResponse response;

    WebhookExchange(HttpClient client, byte[] requestBody) {
        this.client = client;
        this.requestBody = Buffer.buffer(requestBody);
    }

    Future<WebhookAnswer> result() {
        return result.future();
    }

    /** Sends the request to the first of these addresses that accepts a connection. */
    void start(List<SocketAddress> addresses, RequestOptions options) {
        client.request(new RequestOptions(options).setServer(addresses.get(0)))
                .onSuccess(this::send)
                .onFailure(failure -> {
                    if (addresses.size() > 1 && !result.future().isComplete()) {
                        start(addresses.subList(1, addresses.size()), options);
                    } else {
                        fail(failure);
                    }
                });
    }

    /** Ends the exchange: with what came of the answer, or a failure if nothing did. */
    void timeOut() {
        fail(new TimeoutException());
    }

    void fail(Throwable failure) {
        if (response != null) {
            complete();
        } else {
            result.tryFail(failure);
        }
        reset();
    }

    private void send(HttpClientRequest newRequest) {
        request = newRequest;
        request.exceptionHandler(this::fail);
        if (result.future().isComplete()) {
            reset();
        } else {
            request.send(requestBody).onSuccess(this::receive).onFailure(this::fail);
        }
    }

    private void receive(HttpClientResponse newResponse) {
        response = newResponse;
        response.exceptionHandler(this::fail).handler(this::append).endHandler(end -> complete());
    }

    private void append(Buffer piece) {
        body.appendBuffer(piece, 0, Math.min(piece.length(), MAX_BODY - body.length()));
        if (body.length() == MAX_BODY) {
            complete();
            reset();
        }
    }

    private void complete() {
        result.tryComplete(new WebhookAnswer(
                response.statusCode(),
                body.toString(UTF_8).replace('\0', '\uFFFD'),
                RetryAfter.read(response.getHeader("retry-after"), Instant.now())));
    }

    /** Closes the connection, unless the answer is complete. */
    private void reset() {
        if (request != null) {
            request.reset();
        }
    }
}
