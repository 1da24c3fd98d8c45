package io.clientela.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Requests that are really sent at the same time, each by a thread of its own. */
public final class Parallel {
    /** A failure that does not pass must fail the test, not hang it. */
    private static final int MAX_RETRIES = 30;

    private Parallel() {}

    /** Sends so many requests at once, and waits for every answer. */
    public static List<HttpResponse<String>> send(int count, IntFunction<HttpRequest> request) {
        return send(count, request, false);
    }

    /** The same, but whoever is turned away (503) comes again, as {@code Retry-After} says: for slow machines. */
    public static List<HttpResponse<String>> sendUntilServed(int count, IntFunction<HttpRequest> request) {
        return send(count, request, true);
    }

    private static List<HttpResponse<String>> send(int count, IntFunction<HttpRequest> request, boolean again) {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var threads = Executors.newFixedThreadPool(count);
        var start = new CountDownLatch(1);
        try {
            List<Future<HttpResponse<String>>> answers = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> {
                        var prepared = request.apply(i);
                        start.await();
                        var answer = client.send(prepared, HttpResponse.BodyHandlers.ofString());
                        for (int left = MAX_RETRIES; again && left > 0 && answer.statusCode() == 503; left--) {
                            TimeUnit.SECONDS.sleep(1);
                            answer = client.send(prepared, HttpResponse.BodyHandlers.ofString());
                        }
                        return answer;
                    }))
                    .toList();
            start.countDown();
            return answers.stream().map(Parallel::get).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static HttpResponse<String> get(Future<HttpResponse<String>> answer) {
        try {
            return answer.get();
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
