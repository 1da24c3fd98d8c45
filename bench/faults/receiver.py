"""A receiver of webhooks that records what it accepts, and may misbehave at first."""

import dataclasses
import json
import socketserver
import threading
import time

SLOW = 3  # seconds, less than a delivery may take
ENDLESS = b"x" * 65536


@dataclasses.dataclass
class Message:
    """A message that was accepted."""

    id: str
    subject: str
    version: int
    at: float  # monotonic


class Receiver:
    """Listens on `port`. `accepted` are the messages that were answered with 2xx, in the order of the answers."""

    def __init__(self, misbehaviour=None, pause=0.0):
        self.misbehaviour, self.pause, self.accepted, self.lock = misbehaviour, pause, [], threading.Lock()
        self.ended = threading.Event()
        self.server = self._listen(0)
        self.port = self.server.server_address[1]
        if misbehaviour == "down":
            self.server.shutdown()
            self.server.server_close()

    def behave(self):
        """Accepts all messages from now on."""
        if self.misbehaviour == "down":
            self.server = self._listen(self.port)
        self.misbehaviour = None
        self.ended.set()

    def close(self):
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"

    def _listen(self, port):
        server = Server(("127.0.0.1", port), Handler)
        server.receiver = self
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server

    def accept(self, message_id, body):
        data = json.loads(body)["data"]
        with self.lock:
            self.accepted.append(Message(message_id, data["subject"]["id"], data.get("version"), time.monotonic()))


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True
    block_on_close = False
    request_queue_size = 64


class Handler(socketserver.StreamRequestHandler):
    """One connection, for one message after the other."""

    def handle(self):
        try:
            while self.rfile.readline():
                headers = {}
                while (line := self.rfile.readline().decode().strip()):
                    name, value = line.split(":", 1)
                    headers[name.lower()] = value.strip()
                if not self.answer(headers["webhook-id"], self.rfile.read(int(headers["content-length"]))):
                    return
        except OSError:
            pass  # the sender has hung up

    def answer(self, message_id, body):
        """Answers a message; returns whether the connection goes on."""
        receiver = self.server.receiver
        time.sleep(receiver.pause)
        match receiver.misbehaviour:
            case "failing":
                self.wfile.write(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops")
                return True
            case "hanging":
                receiver.ended.wait(60)
                return False
            case "closing":
                return False
            case "endless":
                self.wfile.write(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 1000000000000\r\n\r\n")
                while not receiver.ended.is_set():
                    self.wfile.write(ENDLESS)
                return False
            case "slow":
                receiver.ended.wait(SLOW)
        receiver.accept(message_id, body)
        self.wfile.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        return True
