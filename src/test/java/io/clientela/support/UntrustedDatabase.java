package io.clientela.support;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A PostgreSQL for requests that accepts TLS (PostgreSQL, "SSL Session Encryption") and has a certificate that nobody
 * trusts.
 */
public class UntrustedDatabase implements QuarkusTestResourceLifecycleManager {
    private static final int LENGTH_OF_SSL_REQUEST = 8;
    private static final char[] PASSWORD = "changeit".toCharArray();

    private ServerSocket server;
    private Path keys;

    /** The service with this database. */
    public static class Profile implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(UntrustedDatabase.class));
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("clientela.duplicates.every", "0S");
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            keys = Files.createTempDirectory("clientela-tls").resolve("keys.p12");
            var tls = tls();
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var thread = new Thread(() -> serve(tls), "untrusted-database");
            thread.setDaemon(true);
            thread.start();
            return Map.of(
                    "quarkus.datasource.reactive.url",
                    "postgresql://localhost:" + server.getLocalPort() + "/clientela?sslmode=require");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Creates the certificate with the JDK's keytool, since the JDK has no API for it. */
    private SSLContext tls() throws IOException, InterruptedException, GeneralSecurityException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var command =
                keytool + " -genkeypair -keyalg EC -alias database -dname CN=localhost -storetype PKCS12 -storepass "
                        + new String(PASSWORD) + " -keystore " + keys;
        int exit = new ProcessBuilder(command.split(" ")).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("keytool failed: " + exit);
        }
        var store = KeyStore.getInstance(keys.toFile(), PASSWORD);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void serve(SSLContext tls) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                InputStream in = client.getInputStream();
                in.readNBytes(LENGTH_OF_SSL_REQUEST);
                client.getOutputStream().write('S');
                var secured = (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), false);
                secured.setUseClientMode(false);
                secured.startHandshake();
            } catch (IOException e) {
                // the client refuses the handshake
            }
        }
    }

    @Override
    public void stop() {
        try {
            server.close();
            Files.delete(keys);
            Files.delete(keys.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
