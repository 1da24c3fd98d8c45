package io.clientela.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Bytes sent as they are, for requests that no HTTP client would send. */
public final class RawRequest {
    private static final int TIMEOUT_MILLIS = 10_000;

    private RawRequest() {}

    /** Sends a request and returns all that comes back until the service closes the connection. */
    public static String send(String request) {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
