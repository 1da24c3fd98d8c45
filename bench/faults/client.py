"""An HTTP client that checks every response.

Each response must have a status that the service's own OpenAPI document lists for the operation, and each error must be a
problem document with a code and the request's id and without internals. A `Watch` records the results.
"""

import collections
import http.client
import json
import re
import socket
import threading
import time
import uuid

MAX_RESPONSE_TIME = 15  # seconds, during any fault behind the service
CLIENT_TIMEOUT = 30  # seconds
INTERNALS = re.compile(r"\b(java|javax|jakarta|org|io|com)\.[a-z]+\.|Exception\b|SQLSTATE|FATAL|relation \""
                    r"|\b(SELECT|INSERT|UPDATE|DELETE|COMMIT|ROLLBACK)\b|\bpg_|Hibernate|Vert\.x|PostgreSQL")
PATH_ID = re.compile(r"\{\w*id\}")  # a customer's id, or a merge's, in the template of a path
# All requests sent here are valid, so none of these is expected.
UNEXPECTED = {400, 401, 403, 405, 406, 413, 415, 422}


class NoResponse(Exception):
    """The connection ended without a response; `sent` is whether the service may have received the request."""

    def __init__(self, sent, reason):
        super().__init__(reason)
        self.sent = sent


class Response:
    """A response of the service; `body` is the parsed JSON, or None."""

    def __init__(self, status, headers, text):
        self.status, self.headers, self.text = status, headers, text
        try:
            self.body = json.loads(text) if text else None
        except ValueError:
            self.body = None

    def problem(self, member):
        return self.body.get(member) if isinstance(self.body, dict) else None

    def nothing_changed(self):
        """Whether the problem says that the request had no effect."""
        return "nothing was changed" in (self.problem("detail") or "").lower()


class Watch:
    """The responses of all clients: statuses, times, and flaws."""

    def __init__(self, documented):
        self.documented = documented  # {(method, path template): {status}}
        self.lock = threading.Lock()
        self.responses = collections.Counter()  # by status, or "lost" or "refused" for a connection
        self.flaws = collections.Counter()
        self.began_bad = []  # start times of failed requests: 429, 5xx, or no response
        self.lost = []  # (start time, method and path, failure) of each request without a response
        self.began_good = []  # start times of served requests
        self.conflicts = 0  # 503 because of concurrent changes, which are not failures
        self.slowest = 0.0
        self.no_new_connections = threading.Event()  # as a load balancer does with a terminating instance

    def rejected(self):
        """The number of requests that got no connection or no database: 503, or 429 beyond the tenant's share."""
        return self.responses[503] + self.responses[429]

    def flaw(self, text):
        with self.lock:
            self.flaws[text] += 1

    def record_lost(self, began, what, failure):
        with self.lock:
            self.responses["lost" if failure.sent else "refused"] += 1
            self.began_bad.append(began)
            self.lost.append((began, what, failure))

    def record(self, began, operation, request_id, response):
        flaws = list(self._flaws(operation, request_id, response))
        with self.lock:
            self.responses[response.status] += 1
            if response.status == 503 and response.problem("code") == "unavailable" and response.nothing_changed():
                self.conflicts += 1
            else:
                (self.began_bad if response.status == 429 or response.status >= 500 else self.began_good).append(began)
            self.slowest = max(self.slowest, time.monotonic() - began)
            self.flaws.update(flaws)

    def _flaws(self, operation, request_id, response):
        what, status = " ".join(operation), response.status
        if status == 500:
            yield f"{what}: 500 {response.problem('detail')}"
        elif status not in self.documented.get(operation, ()):
            yield f"{what}: {status} is not documented"
        elif status in UNEXPECTED:
            yield f"{what}: {status} {response.problem('code')} for a valid request"
        if status in (429, 503) and not (response.headers.get("Retry-After") or "").isdigit():
            yield f"{what}: {status} {response.problem('code')} without Retry-After"
        if status >= 400:
            yield from self._problem_flaws(what, request_id, response)

    @staticmethod
    def _problem_flaws(what, request_id, response):
        kind = (response.headers.get("Content-Type") or "").split(";")[0]
        if kind != "application/problem+json" or not isinstance(response.body, dict):
            yield f"{what}: {response.status} is not a problem document but {kind} {response.text[:60]!r}"
            return
        if not response.body.get("code") or response.body.get("status") != response.status:
            yield f"{what}: {response.status} without code or with another status in the body"
        if response.body.get("request_id") != request_id:
            yield f"{what}: {response.status} has another request_id: {response.body.get('request_id')}"
        if internals := INTERNALS.search(response.text):
            yield f"{what}: {response.status} exposes internals: {internals.group()!r}"


class Client:
    """One connection, open as long as the service keeps it open. Not thread-safe."""

    def __init__(self, port, token, watch):
        self.token, self.watch = token, watch
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=CLIENT_TIMEOUT)

    def send(self, method, template, customer="", query="", body=None, headers=None, request_id=None):
        """Sends one request and returns the response; raises `NoResponse` if there is none."""
        request_id = request_id or str(uuid.uuid4())
        path = PATH_ID.sub(customer, template) + query
        headers = {"Authorization": "Bearer " + self.token, "X-Request-Id": request_id, **(headers or {})}
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        began = time.monotonic()
        try:
            response = self._exchange(method, path, body, headers)
        except NoResponse as failure:
            self.watch.record_lost(began, f"{method} {template}", failure)
            raise
        self.watch.record(began, (method, template), request_id, response)
        return response

    def _exchange(self, method, path, body, headers):
        try:
            if self.connection.sock is None:
                if self.watch.no_new_connections.is_set():
                    raise ConnectionRefusedError("by the load balancer")
                self.connection.connect()
                self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as failure:
            self.close()
            raise NoResponse(False, repr(failure)) from failure
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            return Response(response.status, response.headers, response.read().decode())
        except (OSError, http.client.HTTPException) as failure:
            self.close()
            raise NoResponse(True, repr(failure)) from failure

    def close(self):
        self.connection.close()


def documented(openapi):
    """Returns the statuses that an OpenAPI document lists, by method and path template."""
    return {(method.upper(), path): {int(status) for status in operation["responses"] if status.isdigit()}
            for path, item in openapi["paths"].items()
            for method, operation in item.items() if isinstance(operation, dict) and "responses" in operation}
