package io.clientela.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Sends requests at the same time, each in its own thread. */
public final class Parallel {
    /** A permanent failure must fail the test, not hang it. */
    private static final int MAX_RETRIES = 30;

    private static final Set<Integer> REJECTED = Set.of(429, 503);

    private Parallel() {}

    /** Sends this many requests at once and waits for all responses. */
    public static List<HttpResponse<String>> send(int count, IntFunction<HttpRequest> request) {
        return send(count, request, false);
    }

    /**
     * Like {@link #send}, but retries requests that were rejected with 429 or 503 after a second, for slow machines.
     */
    public static List<HttpResponse<String>> sendUntilServed(int count, IntFunction<HttpRequest> request) {
        return send(count, request, true);
    }

    private static List<HttpResponse<String>> send(int count, IntFunction<HttpRequest> request, boolean retry) {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var threads = Executors.newFixedThreadPool(count);
        var start = new CountDownLatch(1);
        try {
            List<Future<HttpResponse<String>>> responses = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> {
                        var message = request.apply(i);
                        start.await();
                        var response = client.send(message, HttpResponse.BodyHandlers.ofString());
                        for (int retries = MAX_RETRIES;
                                retry && retries > 0 && REJECTED.contains(response.statusCode());
                                retries--) {
                            TimeUnit.SECONDS.sleep(1);
                            response = client.send(message, HttpResponse.BodyHandlers.ofString());
                        }
                        return response;
                    }))
                    .toList();
            start.countDown();
            return responses.stream().map(Parallel::get).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static HttpResponse<String> get(Future<HttpResponse<String>> response) {
        try {
            return response.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? new UncheckedIOException(io)
                    : new IllegalStateException(e.getCause());
        }
    }
}
