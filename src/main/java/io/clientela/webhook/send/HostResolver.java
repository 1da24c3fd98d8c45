package io.clientela.webhook.send;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Looks up the addresses of a host; each call may have another result. */
interface HostResolver {
    /**
     * Returns all addresses of a host in the order in which they should be tried, at least one.
     *
     * @param host a name, or an address as text, without brackets
     * @return fails with {@link java.net.UnknownHostException} if there are none
     */
    Future<List<InetAddress>> resolve(String host);
}
