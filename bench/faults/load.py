"""A mixed load of clients, and the ledger of their writes.

A write with a successful response is *done*: it must exist from then on. A rejected one (4xx, or a 503 that says that
nothing was changed) is *not done*: it must never appear. Any other write is *in doubt*; the verification resolves it.
"""

import dataclasses
import random
import threading
import time
import uuid

from client import Client, NoResponse

CUSTOMERS = "/v1/customers"
CUSTOMER = "/v1/customers/{id}"
STATUSES = ("active", "inactive", "blocked")
PAUSE = 0.03  # average seconds between two requests of a client; at most twice that
DONE, NOT_DONE, IN_DOUBT = "done", "not done", "in doubt"


@dataclasses.dataclass
class Write:
    """One write and its outcome. A create may be sent again with the same key."""

    kind: str  # create, patch, status, delete
    request_ids: list
    customer: str = None  # of a create once it is known
    key: str = None  # Idempotency-Key of a create
    body: dict = None
    version: int = None  # in the response
    outcome: str = IN_DOUBT
    denied: list = dataclasses.field(default_factory=list)  # ids of rejected requests

    def record(self, response):
        if response.status < 300:
            self.outcome = DONE
            if response.body:
                self.customer, self.version = response.body["id"], response.body["version"]
        elif response.status < 500 or response.nothing_changed():
            self.outcome = NOT_DONE
            self.denied.append(self.request_ids[-1])


class Ledger:
    """Every write, and the customers that exist as far as the clients know."""

    def __init__(self):
        self.lock = threading.Lock()
        self.writes = []
        self.versions = {}  # the highest version in a response, by customer
        self.deleting = set()  # customers for which a delete was sent

    def add(self, write):
        with self.lock:
            self.writes.append(write)
            if write.kind == "delete":
                self.deleting.add(write.customer)

    def learned(self, customer, version):
        with self.lock:
            self.versions[customer] = max(version, self.versions.get(customer, 0))

    def some_customer(self):
        """One of the latest customers with its version; (None, None) if there is none."""
        with self.lock:
            for _ in range(10):
                customer = random.choice(list(self.versions)[-100:]) if self.versions else None
                if customer not in self.deleting:
                    return customer, self.versions.get(customer)
        return None, None

    def done(self):
        return sum(write.outcome == DONE for write in self.writes)


class Caller:
    """A client that records its writes in the ledger."""

    def __init__(self, client, ledger):
        self.client, self.ledger = client, ledger

    def create(self, write=None):
        """Creates a customer, or sends an earlier create again."""
        if write is None:
            key = str(uuid.uuid4())
            # `notes` is never changed and not unique: a second customer with the same key would be visible.
            write = Write("create", [], key=key, body={"name": f"Conceição {key[:8]}", "notes": key,
                                                       "email": f"{key[:13]}@example.com", "tags": ["faults"]})
            self.ledger.add(write)
        return self._write(write, "POST", CUSTOMERS, {"Idempotency-Key": write.key})

    def patch(self, customer, version=None):
        write = Write("patch", [], customer, body={"company_name": str(uuid.uuid4())})
        self.ledger.add(write)
        return self._write(write, "PATCH", CUSTOMER, {"If-Match": f'"{version}"'} if version else {})

    def status(self, customer):
        write = Write("status", [], customer, body={"status": random.choice(STATUSES)})
        self.ledger.add(write)
        return self._write(write, "PUT", CUSTOMER + "/status", {})

    def delete(self, customer):
        write = Write("delete", [], customer)
        self.ledger.add(write)
        return self._write(write, "DELETE", CUSTOMER, {})

    def _write(self, write, method, template, headers):
        write.request_ids.append(str(uuid.uuid4()))
        try:
            response = self.client.send(method, template, write.customer or "", body=write.body, headers=headers,
                                        request_id=write.request_ids[-1])
        except NoResponse as failure:
            if not failure.sent and write.outcome == IN_DOUBT and len(write.request_ids) == 1:
                write.outcome = NOT_DONE
            raise
        write.record(response)
        if write.outcome == DONE and write.version:
            self.ledger.learned(write.customer, write.version)
        self._expect_found(response, write.customer)
        return response

    def get(self, customer):
        known = self.ledger.versions.get(customer, 0)
        response = self.client.send("GET", CUSTOMER, customer)
        self._expect_found(response, customer)
        if response.status == 200:
            if response.body["version"] < known:
                self.client.watch.flaw("GET: an older version than an acknowledged one")
            self.ledger.learned(customer, response.body["version"])

    def read(self, customer, version):
        """Sends a conditional get, a list, a search or a history request."""
        match random.randrange(4):
            case 0:
                self.client.send("GET", CUSTOMER, customer, headers={"If-None-Match": f'"{version}"'})
            case 1:
                self.client.send("GET", CUSTOMERS, query="?page_size=20&sort_by=created_at&sort_order=desc")
            case 2:
                self.client.send("GET", CUSTOMERS, query="?search=conceicao&page_size=5&count=none")
            case _:
                self.client.send("GET", CUSTOMER + "/history", customer)

    def _expect_found(self, response, customer):
        if response.status == 404 and customer not in self.ledger.deleting:
            self.client.watch.flaw("404 for an acknowledged customer that was not deleted")


class Load:
    """Threads of callers, as a context manager: leaving it waits for every response."""

    def __init__(self, new_client, ledger, callers):
        self.new_client, self.ledger = new_client, ledger
        self.ending = threading.Event()
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(callers)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        for thread in self.threads:
            thread.join()

    def caller(self, client):
        return Caller(client, self.ledger)

    def _work(self):
        client = self.new_client()
        caller = self.caller(client)
        while not self.ending.wait(random.uniform(0, 2 * PAUSE)):
            if random.random() < 0.02:
                client.close()  # New connections have to be accepted, too.
            try:
                self._step(caller)
            except NoResponse:
                self.ending.wait(random.uniform(0, 0.2))
        client.close()

    def _step(self, caller):
        customer, version = self.ledger.some_customer()
        dice = random.random()
        if customer is None or dice < 0.25:
            caller.create()
        elif dice < 0.50:
            if caller.patch(customer, version).status == 412:
                caller.get(customer)
        elif dice < 0.62:
            caller.status(customer)
        elif dice < 0.64:
            caller.delete(customer)
        elif dice < 0.80:
            caller.get(customer)
        else:
            caller.read(customer, version)
