package io.clientela.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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

/** A client that has requested an export of {@link #addCustomers}, and read the first bytes of it. */
final class PausedFile implements AutoCloseable {
    /** Transactions of the service in which an export is. */
    private static final String EXPORTS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'clientela'"
            + " AND state <> 'idle' AND xact_start IS NOT NULL AND query LIKE '%ORDER BY sort_name ASC%'";

    private final Socket socket = new Socket();

    private PausedFile() {}

    /** Adds customers who have together several times what sockets buffer. */
    static void addCustomers(TestTenant tenant, int count) {
        TestDatabase.execute(
                "INSERT INTO customer (tenant_id, id, number, version, type, status, name, role, notes, created_at,"
                        + " updated_at) SELECT ?, gen_random_uuid(), nextval('customer_number'), 1, 'individual',"
                        + " 'active', 'Customer ' || n, 'customer', repeat('0123456789', 400), now(), now()"
                        + " FROM generate_series(1, ?) AS n",
                tenant.name(),
                count);
    }

    /** Requests an export; returns when its connection to the database waits for the client. */
    static PausedFile of(TestTenant tenant, String query) {
        var export = new PausedFile();
        try {
            int before = running();
            export.socket.setReceiveBufferSize(4096);
            export.socket.setSoTimeout(20_000);
            export.socket.connect(new InetSocketAddress("localhost", RestAssured.port));
            export.socket
                    .getOutputStream()
                    .write(("GET " + ExportedFile.PATH + query + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Connection: close\r\nAuthorization: Bearer " + tenant.token() + "\r\n\r\n")
                            .getBytes(US_ASCII));
            export.socket.getInputStream().readNBytes(100);
            await(before + 1);
            return export;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int running() {
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
