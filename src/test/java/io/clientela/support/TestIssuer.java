package io.clientela.support;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** An issuer that serves its keys by URL while it is up; it is down at first. */
public class TestIssuer implements QuarkusTestResourceLifecycleManager {
    private static final String UP = "test.issuer.up";

    private HttpServer server;

    /** Starts or stops answering; by a system property, because tests have a class loader of their own. */
    public static void setUp(boolean up) {
        System.setProperty(UP, String.valueOf(up));
    }

    /** After {@link Platform}, whose location of the keys this one replaces. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        setUp(false);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/jwks", exchange -> {
                var body = TestTokens.publicKeys();
                exchange.sendResponseHeaders(Boolean.getBoolean(UP) ? 200 : 500, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var location = "http://localhost:" + server.getAddress().getPort() + "/jwks";
        return Map.of("mp.jwt.verify.publickey.location", location);
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
