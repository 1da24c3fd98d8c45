"""Faults of clients: disconnecting halfway, and sending or reading one byte per second."""

import json
import os
import random
import socket
import struct
import time
import uuid

from arena import fault
from load import Write

ENDED_WITHIN = 45  # seconds in which the service must end an incomplete request
TRICKLERS = 80  # of each kind


def request(arena, method, path, body="", headers=""):
    return (f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {arena.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n{headers}\r\n{body}").encode()


def connect(arena, receive_buffer=None):
    connection = socket.socket()
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.connect(("127.0.0.1", arena.service.port))
    return connection


def open_sockets(pid):
    links = (os.path.join(f"/proc/{pid}/fd", name) for name in os.listdir(f"/proc/{pid}/fd"))
    count = 0
    for link in links:
        try:
            count += os.readlink(link).startswith("socket:")
        except FileNotFoundError:
            pass  # Closed in the meantime.
    return count


@fault("clients-hang-up")
def clients_hang_up(arena):
    """Clients that close after half a head, half a body, or a complete request without reading the response."""
    with arena.load():
        before = open_sockets(arena.service.pid)
        until = time.monotonic() + arena.seconds
        while time.monotonic() < until:
            hang_up(arena)
            time.sleep(0.005)
        arena.over()
        time.sleep(2)
        after = open_sockets(arena.service.pid)
    arena.check_unaffected()
    # The number of connections of the load and of the pool varies by a few.
    arena.check(after <= before + 30, f"the service kept connections: {before} sockets before, {after} after")


def hang_up(arena):
    key = str(uuid.uuid4())
    write = Write("create", [str(uuid.uuid4())], key=key, body={"name": "Hang Up", "notes": key})
    create = request(arena, "POST", "/v1/customers", json.dumps(write.body),
                     f"Idempotency-Key: {key}\r\nX-Request-Id: {write.request_ids[0]}\r\n")
    head = create.index(b"\r\n\r\n") + 4
    listing = request(arena, "GET", "/v1/customers?page_size=200")
    sent = random.choice((create[:head // 2], create[:head], create[:head + 20], create, listing, listing * 5))
    if sent is create:
        arena.ledger.add(write)  # In doubt: the verification resolves it.
    connection = connect(arena)
    try:
        connection.sendall(sent)
        time.sleep(random.choice((0, 0, 0.002, 0.01)))
        if random.random() < 0.5:  # By RST rather than FIN.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    finally:
        connection.close()


@fault("clients-trickle")
def clients_trickle(arena):
    """Hundreds of connections that send their head or body, or read their response, one byte per second."""
    with arena.load():
        tricklers = [Trickler(arena, kind) for kind in ("head", "body", "response") for _ in range(TRICKLERS)]
        began = time.monotonic()
        while any(each.must_end for each in tricklers) and time.monotonic() < began + ENDED_WITHIN:
            step = time.monotonic()
            for each in tricklers:
                each.step()
            time.sleep(max(0.0, step + 1 - time.monotonic()))
        ended = time.monotonic() - began
        left = sum(each.must_end for each in tricklers)
        arena.check(left == 0, f"{left} of {TRICKLERS} requests with a slow body are still open"
                               f" after {ENDED_WITHIN} s")
        for each in tricklers:
            each.connection.close()
        arena.over()
    arena.check_unaffected()
    if not any(each.must_end for each in tricklers):
        arena.note(f"the last slow body was rejected after {ended:.0f} s")


class Trickler:
    """A connection that sends its request, or reads its response, slowly."""

    def __init__(self, arena, kind):
        self.kind = kind
        self.connection = connect(arena, receive_buffer=2048 if kind == "response" else None)
        self.must_end = kind == "body"  # A head has no timeout of its own; the idle timeout ends one that stops.
        create = request(arena, "POST", "/v1/customers", json.dumps({"name": "Trickle", "notes": "n" * 500}))
        listing = request(arena, "GET", "/v1/customers?page_size=200")
        head = create.index(b"\r\n\r\n") + 4
        at_once, self.rest = {"head": (create[:20], create[20:head]), "body": (create[:head + 1], create[head + 1:]),
                              "response": (listing, b"")}[kind]
        self.connection.sendall(at_once)
        self.connection.setblocking(False)

    def step(self):
        if self.kind == "body" and not self.must_end or not self.rest and self.kind == "head":
            return
        try:
            if self.kind == "response":
                self.connection.recv(1)
                return
            self.connection.send(self.rest[:1])
            self.rest = self.rest[1:]
            # Anything received is the end of the request: an error, or the end of the connection.
            self.connection.recv(1)
            self.must_end = False
        except BlockingIOError:
            pass
        except OSError:
            self.must_end = False
