"""Reads all data after a fault during merges, and compares it with the ledger.

Through the API: every write in doubt is sent again with its key until its outcome is known; then every customer and its
whole history is read. In the database: customers, merged customers, merges, calls, orders, the history and stored
responses must be consistent.
"""

import collections
import time
from concurrent.futures import ThreadPoolExecutor

from client import NoResponse
from load import CUSTOMER, DONE, IN_DOUBT, NOT_DONE
from merge_load import IN_PROGRESS, MergeCaller
from verify import NOT_IN_HISTORY, READERS, Verification, rebuilt

RESOLVED_WITHIN = 15  # seconds
REPLAYED = 100

# Each query must return no rows.
CONTRADICTIONS = {
    "a customer that is live and merged": """
        SELECT id FROM customer JOIN merged_customer USING (tenant_id, id) WHERE tenant_id = :'tenant'""",
    "a created customer that is neither live nor merged": """
        SELECT customer_id FROM customer_event WHERE tenant_id = :'tenant' AND type = 'customer.created'
        EXCEPT (SELECT id FROM customer WHERE tenant_id = :'tenant'
                UNION SELECT id FROM merged_customer WHERE tenant_id = :'tenant')""",
    "a customer without a created event": """
        (SELECT id FROM customer WHERE tenant_id = :'tenant' UNION SELECT id FROM merged_customer WHERE tenant_id = :'tenant')
        EXCEPT SELECT customer_id FROM customer_event WHERE tenant_id = :'tenant' AND type = 'customer.created'""",
    "a merged customer without its merge": """
        SELECT m.id FROM merged_customer m LEFT JOIN merge ON merge.tenant_id = m.tenant_id AND merge.id = m.merge_id
            AND undone_at IS NULL AND target_id = merged_into AND m.id::text = ANY (source_ids)
        WHERE m.tenant_id = :'tenant' AND merge.id IS NULL""",
    "a merge in force without one of its sources": """
        SELECT merge.id FROM merge, unnest(source_ids) AS source WHERE tenant_id = :'tenant' AND undone_at IS NULL
            AND NOT EXISTS (SELECT FROM merged_customer m WHERE m.tenant_id = merge.tenant_id AND m.merge_id = merge.id
                AND m.id::text = source)""",
    "a merge without its events in the histories": """
        SELECT merge.id FROM merge WHERE tenant_id = :'tenant' AND 1 + cardinality(source_ids) <> (
            SELECT count(*) FROM customer_event e WHERE e.tenant_id = merge.tenant_id AND type = 'customer.merged'
                AND details::json ->> 'merge_id' = merge.id::text
                AND (customer_id = target_id AND customer_version = target_version OR customer_id::text = ANY (source_ids)))""",
    "an undone merge without undo events in the histories, or a merge in force with them": """
        SELECT merge.id FROM merge WHERE tenant_id = :'tenant' AND
            CASE WHEN undone_at IS NULL THEN 0 ELSE 1 + cardinality(source_ids) END <> (
            SELECT count(*) FROM customer_event e WHERE e.tenant_id = merge.tenant_id AND type = 'customer.merge_undone'
                AND details::json ->> 'merge_id' = merge.id::text)""",
    "events of a merge that does not exist": """
        SELECT customer_id FROM customer_event e WHERE tenant_id = :'tenant' AND type LIKE 'customer.merge%'
            AND NOT EXISTS (SELECT FROM merge WHERE merge.tenant_id = e.tenant_id
                AND merge.id::text = details::json ->> 'merge_id')""",
    "a merge with other moved counts than its event": """
        SELECT merge.id FROM merge JOIN customer_event e ON e.tenant_id = merge.tenant_id AND customer_id = target_id
            AND customer_version = target_version AND (details::json -> 'moved' ->> 'calls' <> moved_calls::text
                OR details::json -> 'moved' ->> 'orders' <> moved_orders::text)
        WHERE merge.tenant_id = :'tenant'""",
    "events with a gap or a repetition in their versions": """
        SELECT customer_id FROM customer_event WHERE tenant_id = :'tenant' GROUP BY customer_id
        HAVING min(customer_version) <> 1 OR max(customer_version) <> count(*)
            OR count(DISTINCT customer_version) <> count(*)""",
    "a customer whose version is not the number of its events": """
        SELECT id FROM customer c WHERE tenant_id = :'tenant' AND version <> (
            SELECT count(*) FROM customer_event e WHERE e.tenant_id = c.tenant_id AND customer_id = c.id)
        UNION
        SELECT id FROM merged_customer m WHERE tenant_id = :'tenant' AND (snapshot::json ->> 'version')::bigint + 1 <> (
            SELECT count(*) FROM customer_event e WHERE e.tenant_id = m.tenant_id AND customer_id = m.id)""",
    "a customer whose call count or last call differs from its calls": """
        SELECT c.id FROM customer c LEFT JOIN customer_call i ON i.tenant_id = c.tenant_id AND customer_id = c.id
        WHERE c.tenant_id = :'tenant' GROUP BY c.tenant_id, c.id
        HAVING call_count <> count(i.id) OR last_call_at IS DISTINCT FROM max(started_at)""",
    "a customer whose totals differ from its orders": """
        SELECT c.id FROM customer c LEFT JOIN customer_order i ON i.tenant_id = c.tenant_id AND customer_id = c.id
        WHERE c.tenant_id = :'tenant' GROUP BY c.tenant_id, c.id
        HAVING total_orders <> count(i.id)
            OR spending_orders <> count(i.id) FILTER (WHERE i.status NOT IN ('canceled', 'refunded'))
            OR total_spent <> coalesce(sum(total) FILTER (WHERE i.status NOT IN ('canceled', 'refunded')), 0)
            OR first_order_at IS DISTINCT FROM min(placed_at) OR last_order_at IS DISTINCT FROM max(placed_at)""",
    "a stored response of a merge that does not exist": """
        SELECT key FROM idempotency_key k WHERE tenant_id = :'tenant' AND body::json ->> 'merge_id' IS NOT NULL
            AND NOT EXISTS (SELECT FROM merge WHERE merge.tenant_id = k.tenant_id AND merge.id::text = body::json ->> 'merge_id')""",
    "two customers of one Idempotency-Key": """
        SELECT changes::json -> 'notes' ->> 'to' AS key FROM customer_event
        WHERE tenant_id = :'tenant' AND type = 'customer.created' GROUP BY key HAVING count(*) > 1""",
} | {what: sql.replace("ITEM", item) for item, one in (("call", "a call"), ("order", "an order")) for what, sql in {
    f"{one} at another customer than the current one of its first customer": """
        WITH RECURSIVE chain AS (
            SELECT DISTINCT origin_id, origin_id AS id FROM customer_ITEM WHERE tenant_id = :'tenant'
            UNION
            SELECT origin_id, merged_into FROM chain JOIN merged_customer m ON m.tenant_id = :'tenant' AND m.id = chain.id)
        SELECT i.id FROM customer_ITEM i WHERE tenant_id = :'tenant' AND customer_id IS DISTINCT FROM (
            SELECT c.id FROM chain JOIN customer c ON c.tenant_id = :'tenant' AND c.id = chain.id
            WHERE chain.origin_id = i.origin_id)""",
    f"{one} without exactly one event in the history of the customer it was added to": """
        SELECT i.id FROM customer_ITEM i LEFT JOIN customer_event e ON e.tenant_id = i.tenant_id
            AND e.customer_id = origin_id AND type = 'ITEM.added' AND details::json ->> 'ITEM_id' = i.id::text
        WHERE i.tenant_id = :'tenant' GROUP BY i.id HAVING count(e.id) <> 1""",
    f"an event of {one} that does not exist": """
        SELECT customer_id FROM customer_event e WHERE tenant_id = :'tenant' AND type = 'ITEM.added' AND NOT EXISTS (
            SELECT FROM customer_ITEM i WHERE i.tenant_id = e.tenant_id AND i.id::text = details::json ->> 'ITEM_id')""",
}.items()}


class MergeVerification(Verification):
    """Reads all data of a tenant and records flaws in the watch."""

    def run(self):
        writes = self.ledger.writes
        with ThreadPoolExecutor(READERS) as readers:
            list(readers.map(self._resolve, [write for write in writes if write.outcome == IN_DOUBT]))
            for kind in ("create", "call", "order", "merge", "undo"):
                done = [write for write in writes if write.kind == kind and write.outcome == DONE]
                list(readers.map(self._replay, done[-REPLAYED:]))
            self.current_ids = self._current_ids()
            histories = dict(readers.map(self._customer, self.current_ids))
        for contradiction, query in CONTRADICTIONS.items():
            self._check_none(contradiction, self.database.psql(query, tenant=self.tenant).split())
        self._check_writes(writes)
        self._check_requests(writes, histories)
        self._check_merges(histories)

    def _check_none(self, flaw, found):
        if found:
            self.watch.flaw(f"{flaw} ({len(found)}, as {found[0]})")

    def _resolve(self, write):
        """Sends a write again until it is acknowledged or rejected: the first request may still be running."""
        until = time.monotonic() + RESOLVED_WITHIN
        while write.outcome == IN_DOUBT:
            try:
                response = MergeCaller(self._client(), self.ledger).send(write)
            except NoResponse as failure:
                return self.watch.flaw(f"a repeated {write.kind} has no response: {failure}")
            if write.outcome == IN_DOUBT:
                if response.status < 500 and response.problem("code") != IN_PROGRESS:
                    return None  # The caller has recorded the flaw.
                if time.monotonic() > until:
                    return self.watch.flaw(f"a repeated {write.kind} still returns {response.status}")
                time.sleep(0.5)

    def _replay(self, write):
        try:
            response = self._client().send("POST", write.template, write.path_id, body=write.body,
                                           headers={"Idempotency-Key": write.key})
        except NoResponse as failure:
            return self.watch.flaw(f"a repeated acknowledged {write.kind} has no response: {failure}")
        if response.body != write.response or response.headers.get("Idempotency-Replayed") != "true":
            self.watch.flaw(f"a repeated acknowledged {write.kind} has another response: {response.status}")

    def _rows(self, sql):
        """Rows of a query as lists of texts."""
        return [line.split("|") for line in self.database.psql(sql, tenant=self.tenant).splitlines()]

    def _current_ids(self):
        """For each created customer, the id of the live customer into which it was merged, or its own."""
        merged_into = dict(self._rows("SELECT id, merged_into FROM merged_customer WHERE tenant_id = :'tenant'"))
        current_ids = {}
        for write in self.ledger.writes:
            if write.kind == "create" and write.outcome == DONE:
                current, seen = write.response["id"], set()
                while current in merged_into and current not in seen:
                    seen.add(current)
                    current = merged_into[current]
                current_ids[write.response["id"]] = current
        return current_ids

    def _customer(self, customer):
        """Reads a customer and its history, records flaws, and returns the id with the events."""
        try:
            response = self._client().send("GET", CUSTOMER, customer)
            events = self._history(customer)
        except NoResponse as failure:
            self.watch.flaw(f"a customer cannot be read: {failure}")
            return customer, []
        for flaw in flaws(customer, self.current_ids[customer], response, events):
            self.watch.flaw(flaw)
        return customer, events

    def _check_writes(self, writes):
        """Checks that each acknowledged write exists once, and no rejected one."""
        items = {key: (kind, row) for kind in ("call", "order") for key, *row in self._rows(
            f"SELECT external_id, id, origin_id FROM customer_{kind} WHERE tenant_id = :'tenant'")}
        merges = {row[0]: row[1] for row in self._rows("SELECT id, undone_at FROM merge WHERE tenant_id = :'tenant'")}
        undone = {write.path_id for write in writes if write.kind == "undo" and write.outcome == DONE}
        acknowledged = {write.response["merge_id"] for write in writes if write.kind == "merge" and write.outcome == DONE}
        for write in writes:
            if write.kind in ("call", "order"):
                expected = (write.kind, [write.response["id"], write.path_id]) if write.outcome == DONE else None
                if items.get(write.key) != expected:
                    self.watch.flaw(f"a write ({write.kind}) that was {write.outcome} "
                                    + ("exists" if write.key in items else "is missing"))
        known = {write.key for write in writes if write.kind in ("call", "order")}
        self._check_none("a call or order without a request", sorted(items.keys() - known))
        self._check_none("an acknowledged merge is missing", sorted(acknowledged - merges.keys()))
        self._check_none("a merge that was not acknowledged", sorted(merges.keys() - acknowledged))
        self._check_none("a merge that is undone without an acknowledged undo, or the reverse",
                         sorted({merge for merge, at in merges.items() if at} ^ undone))

    def _check_requests(self, writes, histories):
        """Checks that every event is of a sent and not rejected request, and every write of exactly one request."""
        requested = {request_id: write for write in writes for request_id in write.request_ids}
        done_by = collections.defaultdict(set)
        for events in histories.values():
            for event in events:
                write = requested.get(event["request_id"])
                if write is None:
                    self.watch.flaw(f"a {event['type']} without a request")
                elif write.outcome == NOT_DONE:
                    self.watch.flaw(f"a rejected {write.kind} was executed")
                else:
                    done_by[write.key].add(event["request_id"])
        for write in writes:
            if write.outcome == DONE and len(done_by[write.key]) != 1:
                self.watch.flaw(f"an acknowledged {write.kind} was executed by {len(done_by[write.key])} requests")

    def _check_merges(self, histories):
        """Checks that a merge or undo changed the target's call count by that of the sources."""
        sums = collections.defaultdict(lambda: [0, 0])
        for events in histories.values():
            states, _ = rebuilt(events)
            for number, event in enumerate(events, 1):
                merge = (event["type"], event["details"].get("merge_id"))
                if "merged_into" in event["details"]:
                    # The source's count before the merge, or after the undo.
                    state = states[number - 1 if event["type"] == "customer.merged" else number]
                    sums[merge][0] += state.get("call_count", 0)
                elif merge[1]:
                    change = states[number].get("call_count", 0) - states[number - 1].get("call_count", 0)
                    sums[merge][1] += change if event["type"] == "customer.merged" else -change
        self._check_none("a merge or undo that changed the total number of calls",
                         [merge for (_, merge), (sources, target) in sums.items() if sources != target])


def flaws(customer, survivor, response, events):
    """Yields the flaws of one customer, from its current id, the response to GET and the events (oldest first)."""
    if not events:
        yield "an acknowledged customer has no history"
        return
    states, broken = rebuilt(events)
    yield from broken
    merged = survivor != customer
    left = events[-1]["type"] == "customer.merged" and "merged_into" in events[-1]["details"]
    if left != merged:
        yield f"the last event is {events[-1]['type']}, and the customer is {'merged' if merged else 'live'}"
    if response.status != (307 if merged else 200):
        yield f"GET of a {'merged' if merged else 'live'} customer returns {response.status}"
    elif merged:
        if not response.headers["Location"].endswith(survivor):
            yield "GET of a merged customer redirects to another customer than its current one"
    else:
        differing = [field for field, value in response.body.items()
                     if field not in NOT_IN_HISTORY and states[-1].get(field) != value]
        if differing:
            yield f"the history and GET differ in {', '.join(differing)}"
