package io.clientela.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A client that has requested a streamed response, larger than what sockets buffer, and read the first bytes of it. The
 * streams of its kind are told apart in the database by their statements, which a {@code LIKE} pattern describes.
 */
public final class PausedResponse implements AutoCloseable {
    private static final String TRANSACTIONS =
            " FROM pg_stat_activity WHERE application_name = 'clientela' AND state <> 'idle'"
                    + " AND xact_start IS NOT NULL AND query LIKE ?";

    private final Socket socket = new Socket();

    private PausedResponse() {}

    /** Sends a GET request; returns when its connection to the database waits for the client. */
    public static PausedResponse of(TestTenant tenant, String path, String statements) {
        var response = new PausedResponse();
        try {
            int before = running(statements);
            response.socket.setReceiveBufferSize(4096);
            response.socket.setSoTimeout(20_000);
            response.socket.connect(new InetSocketAddress("localhost", RestAssured.port));
            response.socket
                    .getOutputStream()
                    .write(("GET " + path
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                    + tenant.token() + "\r\n\r\n")
                            .getBytes(US_ASCII));
            response.socket.getInputStream().readNBytes(100);
            await(before + 1, statements);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int running(String statements) {
        return Integer.parseInt(TestDatabase.column("SELECT count(*)" + TRANSACTIONS, statements)
                .get(0));
    }

    /** Waits, not for long, until this many streams use a connection. */
    public static void await(int count, String statements) {
        for (int attempts = 100; attempts > 0; attempts--) {
            if (running(statements) == count) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("There are " + running(statements) + " streams, not " + count);
    }

    /** Ends the connections to the database that streams use. */
    public static void killConnections(String statements) {
        TestDatabase.column("SELECT pg_terminate_backend(pid)" + TRANSACTIONS, statements);
    }

    /** Reads what comes until the service closes the connection. */
    public String readAll() {
        var received = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(received);
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException("The service does not close the connection", e);
        } catch (IOException e) {
            // A reset ends the response, too: what came before is the result.
            return received.toString(ISO_8859_1);
        }
        return received.toString(ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
