package io.clientela.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands between the service and its database and counts round trips: how often the service sends something after an
 * answer. Answers are held back for some time, so that all that the service sends without waiting for them is one.
 */
public class CountingProxy implements QuarkusTestResourceLifecycleManager {
    private static final long HOLD_MILLIS = 30;

    /** Properties, since the test is loaded by another class loader. */
    private static final String TARGET = "test.proxy.target";

    private static final String ROUND_TRIPS = "test.proxy.round-trips";

    private ServerSocket server;

    /** The service with one connection, through the proxy, and nothing that uses it at any time. */
    public static class Profile implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(CountingProxy.class));
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.datasource.reactive.max-size",
                    "1",
                    "clientela.duplicates.every",
                    "0S",
                    "clientela.imports.every",
                    "0S",
                    "clientela.webhooks.every",
                    "0S");
        }
    }

    /** Sets the database, before the service needs it. */
    public static void connectTo(String jdbcUrl) {
        System.setProperty(
                TARGET,
                String.valueOf(URI.create(jdbcUrl.substring("jdbc:".length())).getPort()));
    }

    /** Returns how many round trips there were. */
    public static int roundTrips() {
        return Integer.getInteger(ROUND_TRIPS, 0);
    }

    private static synchronized void count() {
        System.setProperty(ROUND_TRIPS, String.valueOf(roundTrips() + 1));
    }

    @Override
    public Map<String, String> start() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var threads = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "counting-proxy");
            thread.setDaemon(true);
            return thread;
        });
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    var client = server.accept();
                    var database = new Socket(InetAddress.getLoopbackAddress(), target());
                    var waits = new AtomicBoolean();
                    threads.execute(() -> pass(client, database, () -> {
                        if (!waits.getAndSet(true)) {
                            count();
                        }
                    }));
                    threads.execute(() -> pass(database, client, () -> {
                        pause();
                        waits.set(false);
                    }));
                } catch (IOException e) {
                    // The proxy was stopped, or the database is not there: the service has to try again.
                }
            }
        });
        return Map.of(
                "quarkus.datasource.reactive.url", "postgresql://localhost:" + server.getLocalPort() + "/postgres");
    }

    private static int target() {
        while (System.getProperty(TARGET) == null) {
            pause();
        }
        return Integer.parseInt(System.getProperty(TARGET));
    }

    private static void pass(Socket from, Socket to, Runnable beforePart) {
        var part = new byte[1 << 16];
        try (from;
                to) {
            int length;
            while ((length = from.getInputStream().read(part)) >= 0) {
                beforePart.run();
                to.getOutputStream().write(part, 0, length);
            }
        } catch (IOException e) {
            // One of them has closed the connection.
        }
    }

    private static void pause() {
        try {
            Thread.sleep(HOLD_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
