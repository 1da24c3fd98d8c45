"""A load of callers who create customers with calls and orders, merge them and take merges back, and its ledger.

Every write carries an `Idempotency-Key`, so that whatever is in doubt can be sent again. The callers share their
customers: they merge into one target at the same time, merge what was merged, and undo what cannot be undone yet.
"""

import collections
import dataclasses
import random
import threading
import uuid

from client import Unanswered
from load import CUSTOMER, CUSTOMERS, DONE, IN_DOUBT, NOT_DONE, Load

MERGE, UNDO = "/v1/customers/merge", "/v1/merges/{merge_id}/undo"
ITEMS = {"call": CUSTOMER + "/calls", "order": CUSTOMER + "/orders"}
# What a write may be refused with while others merge, beside its own key's first request still being at work.
REFUSALS = {"create": set(), "call": {"merged"}, "order": {"merged"}, "merge": {"merged"}, "undo": {"undo_refused"}}
IN_PROGRESS = "idempotency_in_progress"
LATEST = 60  # of so many customers some are picked


@dataclasses.dataclass
class Write:
    """One write and what became of it, however often it was sent."""

    kind: str  # create, call, order, merge, undo
    template: str
    place: str = ""  # the customer's or merge's id in the path
    body: dict = None
    key: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    request_ids: list = dataclasses.field(default_factory=list)
    outcome: str = IN_DOUBT
    answer: dict = None

    def answered(self, answer):
        if answer.status < 300:
            self.outcome, self.answer = DONE, answer.body
        elif answer.problem("code") in REFUSALS[self.kind]:
            # The key was free and had no answer: no request under it was done, or is still at work.
            self.outcome = NOT_DONE


class MergeLedger:
    """Every write; who is a customer as far as the callers know, and which merges can be undone."""

    def __init__(self):
        self.lock = threading.Lock()
        self.writes = []
        self.live, self.merges = {}, {}
        self.merged = collections.deque(maxlen=20)

    def add(self, write):
        with self.lock:
            self.writes.append(write)

    def learned(self, write):
        """A write was acknowledged."""
        with self.lock:
            match write.kind:
                case "create":
                    self.live[write.answer["id"]] = True
                case "merge":
                    self.merges[write.answer["merge_id"]] = write.body["source_ids"]
                    for source in write.body["source_ids"]:
                        self.live.pop(source, None)
                        self.merged.append(source)
                case "undo":
                    for source in self.merges.pop(write.place, []):
                        self.live[source] = True

    def some_customers(self, count):
        """Different customers, rather of the latest; sometimes one who was merged not long ago."""
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
    """A client that writes into the ledger."""

    def __init__(self, client, ledger):
        self.client, self.ledger = client, ledger

    def create(self):
        key = str(uuid.uuid4())
        # Every second one has no phone: a merge may fill it, and an undo has to take it back.
        phone = {"phone": f"+55329{random.randrange(10**8):08d}"} if random.random() < 0.5 else {}
        return self.send(Write("create", CUSTOMERS, key=key, body={
            "name": f"Conceição {key[:8]}", "notes": key, "email": f"{key[:13]}@example.com", "tags": [key[:4]],
            "attributes": {key[:2]: key[:4]}, **phone}))

    def add(self, kind, customer):
        key = str(uuid.uuid4())
        body = {"call": {"duration_seconds": random.randrange(600)},
                "order": {"total": random.randrange(10_000) / 100, "status": random.choice(("paid", "canceled"))}}[kind]
        return self.send(Write(kind, ITEMS[kind], customer, key=key, body={"external_id": key, **body}))

    def send(self, write):
        """Sends a write for the first time, or again under its key."""
        if not write.request_ids:
            self.ledger.add(write)
        write.request_ids.append(str(uuid.uuid4()))
        try:
            answer = self.client.send("POST", write.template, write.place, body=write.body,
                                      headers={"Idempotency-Key": write.key}, request_id=write.request_ids[-1])
        except Unanswered as failure:
            if not failure.sent and len(write.request_ids) == 1:
                write.outcome = NOT_DONE
            raise
        write.answered(answer)
        if write.outcome == DONE:
            self.ledger.learned(write)
        elif 400 <= answer.status < 500 and answer.problem("code") not in REFUSALS[write.kind] | {IN_PROGRESS}:
            self.client.watch.flaw(f"a {write.kind} is refused: {answer.status} {answer.problem('code')}")
        return answer

    def get(self, customer):
        answer = self.client.send("GET", CUSTOMER, customer)
        if answer.status not in (200, 307) and answer.status < 500:
            self.client.watch.flaw(f"{answer.status} for a customer that was acknowledged")


class MergeLoad(Load):
    """Threads of callers who merge."""

    def caller(self, client):
        return MergeCaller(client, self.ledger)

    def _step(self, caller):
        customers, dice = self.ledger.some_customers(random.choice((2, 2, 2, 4))), random.random()
        if len(customers) < 2 or dice < 0.20:
            self._newcomer(caller)
        elif dice < 0.40:
            caller.add(random.choice(("call", "order")), customers[0])
        elif dice < 0.75:
            self._persistent(caller, Write("merge", MERGE, body={"target_id": customers[0], "source_ids": customers[1:]}))
        elif dice < 0.90:
            if merge := self.ledger.some_merge():
                self._persistent(caller, Write("undo", UNDO, merge))
        else:
            caller.get(customers[0])

    @staticmethod
    def _newcomer(caller):
        """A new customer with something to move."""
        answer = caller.create()
        if answer.status == 201:
            for kind in random.choice((["call"], ["call", "order"], ["call", "call", "order"])):
                caller.add(kind, answer.body["id"])

    def _persistent(self, caller, write):
        """Who gets no answer, or is told to come again, waits; every second one sends it again soon."""
        try:
            refused = caller.send(write).status == 503
        except Unanswered:
            refused = True
        if refused:
            self.ending.wait(random.uniform(0.5, 1.5))
            if write.outcome == IN_DOUBT and random.random() < 0.5:
                caller.send(write)
