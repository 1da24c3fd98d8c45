"""An HTTP client that looks at every answer as a suspicious integrator would.

Each answer must have a status that the service's own OpenAPI document lists for the operation, and each error must be a
problem document that says its code and the request's id and nothing of the inside. What is seen goes to a `Watch`.
"""

import collections
import http.client
import json
import re
import socket
import threading
import time
import uuid

ANSWERED_WITHIN = 15  # seconds, whatever happens behind the service
GIVEN_UP_AFTER = 30  # seconds; later than that an answer is as good as none
INSIDE = re.compile(r"\b(java|javax|jakarta|org|io|com)\.[a-z]+\.|Exception\b|SQLSTATE|FATAL|relation \""
                    r"|\b(SELECT|INSERT|UPDATE|DELETE|COMMIT|ROLLBACK)\b|\bpg_|Hibernate|Vert\.x|PostgreSQL")
PLACE = re.compile(r"\{\w*id\}")  # of a customer's id, or a merge's, in the template of a path
CROSSED = "A concurrent request changed"
# Nothing that is sent here deserves one of these.
UNDESERVED = {400, 401, 403, 405, 406, 413, 415, 422}


class Unanswered(Exception):
    """The connection ended without an answer; `sent` tells whether the service may have got the request."""

    def __init__(self, sent, reason):
        super().__init__(reason)
        self.sent = sent


class Answer:
    """What the service answered; `body` is the parsed JSON, or None."""

    def __init__(self, status, headers, text):
        self.status, self.headers, self.text = status, headers, text
        try:
            self.body = json.loads(text) if text else None
        except ValueError:
            self.body = None

    def problem(self, member):
        return self.body.get(member) if isinstance(self.body, dict) else None


class Watch:
    """Everything that was seen, by however many clients: answers, how long they took, and what was wrong with them."""

    def __init__(self, documented):
        self.documented = documented  # {(method, path template): {status}}
        self.lock = threading.Lock()
        self.answers = collections.Counter()  # by status, or "lost" or "refused" for a connection
        self.flaws = collections.Counter()
        self.began_bad = []  # when requests began that the service did not serve: 5xx, or no answer
        self.lost = []  # (when it began, method and path, whether it was sent) of each request without an answer
        self.began_good = []
        self.crossed = 0  # 503 because callers met, which is nobody's fault
        self.slowest = 0.0
        self.no_new_connections = threading.Event()  # what a load balancer does with one that is leaving

    def flaw(self, text):
        with self.lock:
            self.flaws[text] += 1

    def unanswered(self, began, what, failure):
        with self.lock:
            self.answers["lost" if failure.sent else "refused"] += 1
            self.began_bad.append(began)
            self.lost.append((began, what, failure))

    def answered(self, began, operation, request_id, answer):
        flaws = list(self._flaws(operation, request_id, answer))
        with self.lock:
            self.answers[answer.status] += 1
            if answer.status >= 500 and (answer.problem("detail") or "").startswith(CROSSED):
                self.crossed += 1
            else:
                (self.began_bad if answer.status >= 500 else self.began_good).append(began)
            self.slowest = max(self.slowest, time.monotonic() - began)
            self.flaws.update(flaws)

    def _flaws(self, operation, request_id, answer):
        what, status = " ".join(operation), answer.status
        if status == 500:
            yield f"{what}: 500 {answer.problem('detail')}"
        elif status not in self.documented.get(operation, ()):
            yield f"{what}: {status} is not documented"
        elif status in UNDESERVED:
            yield f"{what}: {status} {answer.problem('code')} for a request that is in order"
        if status == 503 and not (answer.headers.get("Retry-After") or "").isdigit():
            yield f"{what}: 503 {answer.problem('code')} without Retry-After"
        if status >= 400:
            yield from self._problem_flaws(what, request_id, answer)

    @staticmethod
    def _problem_flaws(what, request_id, answer):
        kind = (answer.headers.get("Content-Type") or "").split(";")[0]
        if kind != "application/problem+json" or not isinstance(answer.body, dict):
            yield f"{what}: {answer.status} is not a problem document but {kind} {answer.text[:60]!r}"
            return
        if not answer.body.get("code") or answer.body.get("status") != answer.status:
            yield f"{what}: {answer.status} without code or with another status in the body"
        if answer.body.get("request_id") != request_id:
            yield f"{what}: {answer.status} names request {answer.body.get('request_id')} and not the one that was sent"
        if inside := INSIDE.search(answer.text):
            yield f"{what}: {answer.status} tells of the inside: {inside.group()!r}"


class Client:
    """One connection, kept alive as long as the service keeps it. Not for several threads."""

    def __init__(self, port, token, watch):
        self.token, self.watch = token, watch
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=GIVEN_UP_AFTER)

    def send(self, method, template, customer="", query="", body=None, headers=None, request_id=None):
        """Sends one request and returns the answer; raises `Unanswered` if there is none."""
        request_id = request_id or str(uuid.uuid4())
        path = PLACE.sub(customer, template) + query
        given = {"Authorization": "Bearer " + self.token, "X-Request-Id": request_id, **(headers or {})}
        if body is not None:
            given["Content-Type"] = "application/json"
            body = json.dumps(body)
        began = time.monotonic()
        try:
            answer = self._exchange(method, path, body, given)
        except Unanswered as failure:
            self.watch.unanswered(began, f"{method} {template}", failure)
            raise
        self.watch.answered(began, (method, template), request_id, answer)
        return answer

    def _exchange(self, method, path, body, headers):
        try:
            if self.connection.sock is None:
                if self.watch.no_new_connections.is_set():
                    raise ConnectionRefusedError("by the load balancer")
                self.connection.connect()
                self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as failure:
            self.close()
            raise Unanswered(False, repr(failure)) from failure
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode())
        except (OSError, http.client.HTTPException) as failure:
            self.close()
            raise Unanswered(True, repr(failure)) from failure

    def close(self):
        self.connection.close()


def documented(openapi):
    """The statuses that an OpenAPI document lists, by method and path template."""
    return {(method.upper(), path): {int(status) for status in operation["responses"] if status.isdigit()}
            for path, item in openapi["paths"].items()
            for method, operation in item.items() if isinstance(operation, dict) and "responses" in operation}
