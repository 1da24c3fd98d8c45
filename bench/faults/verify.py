"""Reads all data after a fault and compares it with the ledger.

Through the API: every create that is not known to be done is sent again with its key; then every customer and its whole
history is read, the customer is rebuilt from the history alone, and each write of the ledger is looked up in it. In the
database: rows that only a half-written transaction can leave.
"""

import collections
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from client import NoResponse
from load import CUSTOMER, CUSTOMERS, DONE, Caller

READERS = 8
REPLAYED = 50  # acknowledged creates that are sent again, too
NOT_IN_HISTORY = {"version", "updated_at", "segment"}

# Each query must return no rows. A version is the number of events up to it; a delete has one, too.
HALF_WRITTEN = {
    "a customer without exactly one created event": """
        SELECT id FROM customer c WHERE tenant_id = :'tenant' AND 1 <> (
            SELECT count(*) FROM customer_event e WHERE e.tenant_id = c.tenant_id AND customer_id = c.id
                AND type = 'customer.created')""",
    "a customer whose version is not 1 + the number of changes": """
        SELECT id FROM customer c WHERE tenant_id = :'tenant' AND version <> (
            SELECT count(*) FROM customer_event e WHERE e.tenant_id = c.tenant_id AND customer_id = c.id)""",
    "events with a gap or a repetition in their versions": """
        SELECT customer_id FROM customer_event WHERE tenant_id = :'tenant' AND subject_type = 'customer' GROUP BY customer_id
        HAVING min(customer_version) <> 1 OR max(customer_version) <> count(*)
            OR count(DISTINCT customer_version) <> count(*)""",
    "events of a customer that neither exists nor is deleted, or both": """
        SELECT customer_id FROM customer_event e LEFT JOIN customer c ON c.tenant_id = e.tenant_id AND c.id = customer_id
        WHERE e.tenant_id = :'tenant' AND e.subject_type = 'customer' GROUP BY customer_id, c.id
        HAVING bool_or(e.type = 'customer.deleted') = (c.id IS NOT NULL)""",
    "two events of one request": """
        SELECT request_id FROM customer_event WHERE tenant_id = :'tenant' GROUP BY request_id HAVING count(*) > 1""",
    "two customers of one Idempotency-Key": """
        SELECT changes::json -> 'notes' ->> 'to' AS key FROM customer_event
        WHERE tenant_id = :'tenant' AND type = 'customer.created' GROUP BY key HAVING count(*) > 1""",
    "a customer without the record of its Idempotency-Key": """
        SELECT id FROM customer c WHERE tenant_id = :'tenant' AND NOT EXISTS (
            SELECT FROM idempotency_key k WHERE k.tenant_id = c.tenant_id AND key = notes
                AND body::json ->> 'id' = c.id::text)""",
    "the record of an Idempotency-Key without its customer's created event": """
        SELECT key FROM idempotency_key k WHERE tenant_id = :'tenant' AND NOT EXISTS (
            SELECT FROM customer_event e WHERE e.tenant_id = k.tenant_id AND type = 'customer.created'
                AND customer_id::text = body::json ->> 'id')""",
}


class Verification:
    """Reads all data of a tenant and records flaws in the watch."""

    def __init__(self, new_client, ledger, watch, database, tenant):
        self.new_client, self.ledger, self.watch = new_client, ledger, watch
        self.database, self.tenant = database, tenant
        self.local = threading.local()

    def run(self):
        creates = [write for write in self.ledger.writes if write.kind == "create"]
        with ThreadPoolExecutor(READERS) as readers:
            list(readers.map(self._resolve, [write for write in creates if write.outcome != DONE]))
            list(readers.map(self._replay, [write for write in creates if write.outcome == DONE][:REPLAYED]))
            list(readers.map(self._customer, self._by_customer().items()))
        self._check_half_written()

    def _client(self):
        if not hasattr(self.local, "client"):
            self.local.client = self.new_client(self.watch)
        return self.local.client

    def _by_customer(self):
        """The writes of each customer, without creates that could not be resolved."""
        writes = collections.defaultdict(list)
        for write in self.ledger.writes:
            if write.customer:
                writes[write.customer].append(write)
        return writes

    def _resolve(self, write):
        """Sends a create again until it is acknowledged: the first request may still be running."""
        until = time.monotonic() + 15
        while write.outcome != DONE and time.monotonic() < until:
            try:
                response = Caller(self._client(), self.ledger).create(write)
            except NoResponse as failure:
                return self.watch.flaw(f"a repeated create has no response: {failure}")
            if write.outcome != DONE:
                if response.problem("code") != "idempotency_in_progress":
                    return self.watch.flaw(f"a repeated create returns {response.status}")
                time.sleep(0.5)
        if write.outcome != DONE:
            self.watch.flaw("a repeated create is still in progress after 15 s")

    def _replay(self, write):
        try:
            response = self._client().send("POST", CUSTOMERS, body=write.body, headers={"Idempotency-Key": write.key})
        except NoResponse as failure:
            return self.watch.flaw(f"a repeated acknowledged create has no response: {failure}")
        if response.status != 201 or response.body["id"] != write.customer:
            self.watch.flaw(f"a repeated acknowledged create returns {response.status} or another customer")
        if response.headers.get("Idempotency-Replayed") != "true":
            self.watch.flaw("a repeated acknowledged create is executed again")

    def _customer(self, item):
        customer, writes = item
        try:
            response = self._client().send("GET", CUSTOMER, customer)
            events = self._history(customer)
        except NoResponse as failure:
            return self.watch.flaw(f"a customer cannot be read: {failure}")
        for flaw in flaws(response, events, writes):
            self.watch.flaw(flaw)

    def _history(self, customer):
        """All events, oldest first."""
        events, cursor = [], ""
        while True:
            response = self._client().send("GET", CUSTOMER + "/history", customer,
                                           query="?count=none&page_size=200" + cursor)
            if response.status != 200:
                return []
            events += response.body["data"]
            if not response.body["meta"]["next_cursor"]:
                return events[::-1]
            cursor = "&cursor=" + response.body["meta"]["next_cursor"]

    def _check_half_written(self):
        for what, query in HALF_WRITTEN.items():
            found = self.database.psql(query, tenant=self.tenant).split()
            if found:
                self.watch.flaw(f"{what} ({len(found)}, as {found[0]})")
        known = self._by_customer()
        existing = self.database.psql("""
            SELECT DISTINCT customer_id FROM customer_event
            WHERE tenant_id = :'tenant' AND subject_type = 'customer'""", tenant=self.tenant).split()
        if unknown := [customer for customer in existing if customer not in known]:
            self.watch.flaw(f"a customer that is in no response ({len(unknown)}, as {unknown[0]})")


def flaws(response, events, writes):
    """Yields the flaws of one customer, from the response to GET, the events (oldest first) and the ledger's writes."""
    if not events or response.status not in (200, 404):
        yield f"an acknowledged customer is missing: {response.status} with {len(events)} events"
        return
    states, broken = rebuilt(events)
    yield from broken
    deleted = events[-1]["type"] == "customer.deleted"
    if deleted != (response.status == 404):
        yield f"the last event is {events[-1]['type']}, and GET returns {response.status}"
    if response.status == 200:
        if response.body["version"] != len(events):
            yield f"version {response.body['version']} with {len(events)} events"
        differing = [field for field, value in response.body.items()
                     if field not in NOT_IN_HISTORY and states[-1].get(field) != value]
        if differing:
            yield f"the history and GET differ in {', '.join(differing)}"
    yield from write_flaws(events, states, writes)


def rebuilt(events):
    """Returns the states after each event, from the history alone, and the contradictions in it."""
    states, broken = [{}], []
    for number, event in enumerate(events, 1):
        if event["version"] != number or (event["type"] == "customer.created") != (number == 1):
            broken.append(f"event {number} of a customer is {event['type']} at version {event['version']}")
        for field, change in event["changes"].items():
            if states[-1].get(field) != change["from"]:
                broken.append(f"an event has `from` {json.dumps(change['from'])}, which is not the value before it")
        states.append({**states[-1], **{field: change["to"] for field, change in event["changes"].items()}})
    return states, broken


def write_flaws(events, states, writes):
    requested = {request_id: write for write in writes for request_id in write.request_ids}
    for event in events:
        write = requested.get(event["request_id"])
        if write is None:
            yield f"a {event['type']} without a request"
        elif event["request_id"] in write.denied:
            yield f"a rejected {write.kind} (\"nothing was changed\") was executed"
    versions = {event["request_id"]: event["version"] for event in events}
    for write in writes:
        if write.outcome == DONE and not is_recorded(write, events, states, versions):
            yield f"an acknowledged {write.kind} is missing"


def is_recorded(write, events, states, versions):
    """Whether the history has an acknowledged write, at the version of its response."""
    if write.kind == "delete":
        return events[-1]["type"] == "customer.deleted"
    if write.kind == "create":
        return events[0]["request_id"] in write.request_ids
    if write.version >= len(states):
        return False
    # Setting the current status again writes no event, so only the state at that version is checked.
    at_version = write.kind == "status" or versions.get(write.request_ids[-1]) == write.version
    return at_version and all(states[write.version].get(field) == value for field, value in write.body.items())
