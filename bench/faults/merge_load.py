"""A load that creates customers with calls and orders, merges them and undoes merges, and its ledger.

Every write has an `Idempotency-Key`, so that a write in doubt can be sent again. The callers share their customers: they
merge into one target concurrently, merge merged customers, and undo merges that cannot be undone yet.
"""

import collections
import dataclasses
import random
import threading
import uuid

from client import NoResponse
from load import CUSTOMER, CUSTOMERS, DONE, IN_DOUBT, NOT_DONE, Load

MERGE, UNDO = "/v1/customers/merge", "/v1/merges/{merge_id}/undo"
ITEMS = {"call": CUSTOMER + "/calls", "order": CUSTOMER + "/orders"}
# Problem codes with which a write may be rejected during merges of other callers, in addition to IN_PROGRESS.
REJECTIONS = {"create": set(), "call": {"merged"}, "order": {"merged"}, "merge": {"merged"}, "undo": {"undo_refused"}}
IN_PROGRESS = "idempotency_in_progress"
LATEST = 60  # customers and merges are picked from this number of latest ones


@dataclasses.dataclass
class Write:
    """One write and its outcome; it may be sent several times."""

    kind: str  # create, call, order, merge, undo
    template: str
    path_id: str = ""  # the customer's or merge's id in the path
    body: dict = None
    key: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    request_ids: list = dataclasses.field(default_factory=list)
    outcome: str = IN_DOUBT
    response: dict = None

    def record(self, response):
        if response.status < 300:
            self.outcome, self.response = DONE, response.body
        elif response.problem("code") in REJECTIONS[self.kind]:
            # The key was unlocked and had no stored response: no request with it was executed, or is still running.
            self.outcome = NOT_DONE


class MergeLedger:
    """Every write, and the live customers and the undoable merges as far as the callers know."""

    def __init__(self):
        self.lock = threading.Lock()
        self.writes = []
        self.live, self.merges = {}, {}
        self.merged = collections.deque(maxlen=20)

    def add(self, write):
        with self.lock:
            self.writes.append(write)

    def learned(self, write):
        """Records an acknowledged write."""
        with self.lock:
            match write.kind:
                case "create":
                    self.live[write.response["id"]] = True
                case "merge":
                    self.merges[write.response["merge_id"]] = write.body["source_ids"]
                    for source in write.body["source_ids"]:
                        self.live.pop(source, None)
                        self.merged.append(source)
                case "undo":
                    for source in self.merges.pop(write.path_id, []):
                        self.live[source] = True

    def some_customers(self, count):
        """Several of the latest customers; sometimes one that was merged recently."""
        with self.lock:
            some = list(self.live)[-LATEST:]
            if self.merged and random.random() < 0.05:
                some += random.sample(list(self.merged), 1) * 10
            return list(dict.fromkeys(random.sample(some, min(count, len(some)))))

    def some_merge(self):
        with self.lock:
            return random.choice(list(self.merges)[-LATEST:]) if self.merges else None

    def done(self):
        return sum(write.outcome == DONE for write in self.writes)


class MergeCaller:
    """A client that records its writes in the ledger."""

    def __init__(self, client, ledger):
        self.client, self.ledger = client, ledger

    def create(self):
        key = str(uuid.uuid4())
        # Every second one has no phone: a merge may fill it, and an undo has to clear it.
        phone = {"phone": f"+55329{random.randrange(10**8):08d}"} if random.random() < 0.5 else {}
        return self.send(Write("create", CUSTOMERS, key=key, body={
            "name": f"Conceição {key[:8]}", "notes": key, "email": f"{key[:13]}@example.com", "tags": [key[:1]],
            "attributes": {key[:1]: key[:4]}, **phone}))

    def add(self, kind, customer):
        key = str(uuid.uuid4())
        body = {"call": {"duration_seconds": random.randrange(600)},
                "order": {"total": random.randrange(10_000) / 100, "status": random.choice(("paid", "canceled"))}}[kind]
        return self.send(Write(kind, ITEMS[kind], customer, key=key, body={"external_id": key, **body}))

    def send(self, write):
        """Sends a write for the first time, or again with its key."""
        if not write.request_ids:
            self.ledger.add(write)
        write.request_ids.append(str(uuid.uuid4()))
        try:
            response = self.client.send("POST", write.template, write.path_id, body=write.body,
                                        headers={"Idempotency-Key": write.key}, request_id=write.request_ids[-1])
        except NoResponse as failure:
            if not failure.sent and len(write.request_ids) == 1:
                write.outcome = NOT_DONE
            raise
        write.record(response)
        if write.outcome == DONE:
            self.ledger.learned(write)
        elif 400 <= response.status < 500 and response.problem("code") not in REJECTIONS[write.kind] | {IN_PROGRESS}:
            self.client.watch.flaw(f"a {write.kind} is rejected: {response.status} {response.problem('code')}")
        return response

    def get(self, customer):
        response = self.client.send("GET", CUSTOMER, customer)
        if response.status not in (200, 307) and response.status < 500:
            self.client.watch.flaw(f"{response.status} for an acknowledged customer")


class MergeLoad(Load):
    """Threads of callers that merge customers."""

    def caller(self, client):
        return MergeCaller(client, self.ledger)

    def _step(self, caller):
        customers, dice = self.ledger.some_customers(random.choice((2, 2, 2, 4))), random.random()
        if len(customers) < 2 or dice < 0.20:
            self._create_with_items(caller)
        elif dice < 0.40:
            caller.add(random.choice(("call", "order")), customers[0])
        elif dice < 0.75:
            target, *sources = customers
            self._send_and_retry(caller, Write("merge", MERGE, body={"target_id": target, "source_ids": sources}))
        elif dice < 0.90:
            if merge := self.ledger.some_merge():
                self._send_and_retry(caller, Write("undo", UNDO, merge))
        else:
            caller.get(customers[0])

    @staticmethod
    def _create_with_items(caller):
        """Creates a customer with calls and orders."""
        response = caller.create()
        if response.status == 201:
            for kind in random.choice((["call"], ["call", "order"], ["call", "call", "order"])):
                caller.add(kind, response.body["id"])

    def _send_and_retry(self, caller, write):
        """Sends a write; without a response or after a 503 waits, and then sends every second one again."""
        try:
            failed = caller.send(write).status == 503
        except NoResponse:
            failed = True
        if failed:
            self.ending.wait(random.uniform(0.5, 1.5))
            if write.outcome == IN_DOUBT and random.random() < 0.5:
                caller.send(write)
