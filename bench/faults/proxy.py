"""A TCP proxy between the service and PostgreSQL that can delay, freeze, drop or cut connections.

It does not parse PostgreSQL's protocol; but a client sends a statement as one chunk and then waits, so a cut in the middle
of a chunk is in the middle of a statement, and a cut before a result is forwarded leaves the client in doubt whether its
COMMIT was executed.
"""

import random
import socket
import struct
import threading
import time

CHUNK = 65536

# The ways to cut.
AT_ONCE = "at once"
IN_A_STATEMENT = "in a statement"  # half of the next chunk to the server is forwarded, then nothing
BEFORE_A_RESULT = "before a result"  # the server has executed the statement, and the client gets no result


class Proxy:
    """Listens on `port` of 127.0.0.1 and forwards everything to `target`. All methods affect open connections, too."""

    def __init__(self, target):
        self.target = target
        self.delay = (0.0, 0.0)  # minimum and maximum delay in seconds of each chunk from the server
        self.rate = None  # bytes per second and direction; None for no limit
        self.changed = threading.Condition()
        self.frozen = False
        self.links = set()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def freeze(self):
        """Stops forwarding; connections are still accepted and stay open."""
        with self.changed:
            self.frozen = True

    def thaw(self, drop=False):
        """Resumes forwarding, delayed bytes first; with `drop` the connections that are open now stay silent, as after
        a failover that closes no connections."""
        with self.changed:
            for link in self.links:
                link.silent = drop
            self.frozen = False
            self.changed.notify_all()

    def cut(self, how=AT_ONCE):
        """Resets all open connections in both directions, in one of the ways above."""
        with self.changed:
            links = list(self.links)
        for link in links:
            if how == AT_ONCE:
                link.reset()
            else:
                link.cut = how

    def close(self):
        self.listener.close()
        self.cut()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
            except OSError:
                reset(client)
                continue
            server.settimeout(None)
            link = Link(self, client, server)
            with self.changed:
                self.links.add(link)
            threading.Thread(target=link.pump, args=(client, server), daemon=True).start()
            threading.Thread(target=link.pump, args=(server, client), daemon=True).start()


class Link:
    """A client's connection and the server's connection behind it."""

    def __init__(self, proxy, client, server):
        self.proxy, self.client, self.server = proxy, client, server
        self.cut = None
        self.silent = False
        self.closed = False

    def pump(self, source, sink):
        to_server = sink is self.server
        try:
            for each in (source, sink):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while True:
                chunk = source.recv(CHUNK)
                # The end of a connection is delayed like data.
                if not self._delay(len(chunk), to_server) or not chunk:
                    return
                if self.cut == IN_A_STATEMENT and to_server:
                    sink.sendall(chunk[:len(chunk) // 2])
                    return
                if self.cut == BEFORE_A_RESULT and not to_server:
                    return
                sink.sendall(chunk)
        except OSError:
            pass  # The other direction was cut, or one side has closed: the link ends in both cases.
        finally:
            self.reset()

    def _delay(self, size, to_server):
        """Delays a chunk as required; returns whether it may still be forwarded."""
        proxy = self.proxy
        if not to_server and proxy.delay[1]:
            time.sleep(random.uniform(*proxy.delay))
        if proxy.rate:
            time.sleep(size / proxy.rate)
        with proxy.changed:
            proxy.changed.wait_for(lambda: self.closed or not (proxy.frozen or self.silent))
        return not self.closed

    def reset(self):
        with self.proxy.changed:
            if self.closed:
                return
            self.closed = True
            self.proxy.links.discard(self)
            self.proxy.changed.notify_all()
        reset(self.client)
        reset(self.server)


def reset(connection):
    """Closes a connection by RST rather than FIN, also while another thread reads from it."""
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # A read in another thread keeps the socket open after close(): end it first.
        connection.shutdown(socket.SHUT_RD)
    except OSError:
        pass
    connection.close()
