package io.clientela.account;

import io.vertx.ext.web.RoutingContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** The network address whose wrong passwords are counted together. */
final class ClientAddress {
    /** RFC 6177: a site has at least a /64, so that one caller has all addresses of it. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private ClientAddress() {}

    /**
     * Returns the address of an IPv4 caller or the network of an IPv6 caller. Behind a proxy it is the proxy's, unless
     * {@code quarkus.http.proxy.proxy-address-forwarding} is set.
     */
    static String of(RoutingContext exchange) {
        var remote = exchange.request().remoteAddress();
        return remote == null || remote.hostAddress() == null ? "" : network(remote.hostAddress());
    }

    /** Returns the network of a literal address; other text, which a proxy may forward, as it is. */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return InetAddress.getByName(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, IPV6_NETWORK_BYTES)
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
