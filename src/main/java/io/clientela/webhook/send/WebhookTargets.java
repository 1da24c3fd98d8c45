package io.clientela.webhook.send;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the addresses to which a webhook is sent. A connection goes to one of these and not to the name of the host,
 * which may have other addresses by then (DNS rebinding).
 */
@ApplicationScoped
class WebhookTargets {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /** How many addresses of a host are tried. */
    private static final int MAX_ADDRESSES = 3;

    private final HostResolver resolver;
    private final Predicate<InetAddress> isAllowed;

    @Inject
    WebhookTargets(HostResolver resolver, WebhookSettings settings) {
        this(resolver, address -> settings.allowPrivate() || PublicAddresses.contain(address.getAddress()));
    }

    WebhookTargets(HostResolver resolver, Predicate<InetAddress> isAllowed) {
        this.resolver = resolver;
        this.isAllowed = isAllowed;
    }

    /**
     * Returns the addresses of a URL's host in the order in which they are tried, at least one. Fails with
     * {@link TargetRefusedException} if any address of the host is not allowed.
     */
    Future<List<SocketAddress>> of(URI url) {
        return resolver.resolve(host(url)).map(addresses -> {
            addresses.forEach(this::requireAllowed);
            return addresses.stream()
                    .limit(MAX_ADDRESSES)
                    .map(address -> socketAddress(address, port(url)))
                    .toList();
        });
    }

    /** Returns the host of a URL, that of an IPv6 address without its brackets. */
    static String host(URI url) {
        var host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns the port of a URL, or that of its scheme. */
    static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isHttps(url) ? HTTPS_PORT : HTTP_PORT;
    }

    static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private void requireAllowed(InetAddress address) {
        if (!isAllowed.test(address)) {
            throw TargetRefusedException.address(address.getHostAddress());
        }
    }

    /** Without the host's name, by which the client would otherwise keep its connections. */
    private static SocketAddress socketAddress(InetAddress address, int port) {
        try {
            return SocketAddress.inetSocketAddress(
                    new InetSocketAddress(InetAddress.getByAddress(address.getAddress()), port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has 4 or 16 bytes", e);
        }
    }
}
