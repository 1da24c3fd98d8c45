package io.clientela.privacy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** A client that has requested an export, larger than what sockets buffer, and read the first bytes of it. */
final class PausedExport implements AutoCloseable {
    /** Together several times as much as the buffers of the sockets. */
    private static final int CALLS = 2500;

    private static final String NOTES = "0123456789".repeat(400);

    /** Transactions of the service in which an export is. */
    private static final String EXPORTS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'clientela'"
            + " AND state <> 'idle' AND xact_start IS NOT NULL AND query LIKE '%customer_call%'";

    private final Socket socket = new Socket();

    private PausedExport() {}

    static String largeCustomer(TestTenant tenant) {
        var id = tenant.createNamed("Jane");
        LargeCustomer.addCalls(tenant.name(), id, CALLS, NOTES);
        return id;
    }

    /** Requests an export; returns when its connection to the database waits for the client. */
    static PausedExport of(TestTenant tenant, String customer) {
        var export = new PausedExport();
        try {
            int before = running();
            export.socket.setReceiveBufferSize(4096);
            export.socket.setSoTimeout(20_000);
            export.socket.connect(new InetSocketAddress("localhost", RestAssured.port));
            export.socket
                    .getOutputStream()
                    .write(("GET /v1/customers/" + customer + "/data-export HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Connection: close\r\nAuthorization: Bearer " + tenant.token() + "\r\n\r\n")
                            .getBytes(US_ASCII));
            export.socket.getInputStream().readNBytes(100);
            await(before + 1);
            return export;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many exports use a connection. */
    static int running() {
        return Integer.parseInt(TestDatabase.column(EXPORTS).get(0));
    }

    /** Waits, not for long, until this many exports use a connection. */
    static void await(int count) {
        for (int attempts = 100; attempts > 0; attempts--) {
            if (running() == count) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("There are " + running() + " exports, not " + count);
    }

    /** Ends the connections to the database that exports use. */
    static void killConnections() {
        TestDatabase.column(EXPORTS.replace("count(*)", "pg_terminate_backend(pid)"));
    }

    /** Reads what comes until the service closes the connection. */
    String readAll() {
        var received = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(received);
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException("The service does not close the connection", e);
        } catch (IOException e) {
            // A reset ends the response, too: what came before is the result.
            return received.toString(US_ASCII);
        }
        return received.toString(US_ASCII);
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
