"""Reads everything back after a fault in the middle of merges, and compares it with the ledger.

Through the API: every write in doubt is sent again under its key until it has one outcome; then every customer and their
whole history is read. In the database: that customers, merged customers, merges, what hangs off customers, the history and
the answers under keys all tell the same.
"""

import collections
import time
from concurrent.futures import ThreadPoolExecutor

from client import Unanswered
from load import CUSTOMER, DONE, IN_DOUBT, NOT_DONE
from merge_load import IN_PROGRESS, MergeCaller
from verify import BOOKKEEPING, READERS, Verification, rebuilt

SETTLED_WITHIN = 15  # seconds
REPLAYED = 100

# Each selects what must not be there.
CONTRADICTIONS = {
    "a customer who is live and merged": """
        SELECT id FROM customer JOIN merged_customer USING (tenant_id, id) WHERE tenant_id = :'tenant'""",
    "a customer who was created, and is neither live nor merged": """
        SELECT customer_id FROM customer_event WHERE tenant_id = :'tenant' AND type = 'customer.created'
        EXCEPT (SELECT id FROM customer WHERE tenant_id = :'tenant'
                UNION SELECT id FROM merged_customer WHERE tenant_id = :'tenant')""",
    "a customer who was never created": """
        (SELECT id FROM customer WHERE tenant_id = :'tenant' UNION SELECT id FROM merged_customer WHERE tenant_id = :'tenant')
        EXCEPT SELECT customer_id FROM customer_event WHERE tenant_id = :'tenant' AND type = 'customer.created'""",
    "a merged customer without their merge": """
        SELECT m.id FROM merged_customer m LEFT JOIN merge ON merge.tenant_id = m.tenant_id AND merge.id = m.merge_id
            AND undone_at IS NULL AND target_id = merged_into AND m.id::text = ANY (source_ids)
        WHERE m.tenant_id = :'tenant' AND merge.id IS NULL""",
    "a merge that holds, without one of its sources": """
        SELECT merge.id FROM merge, unnest(source_ids) AS source WHERE tenant_id = :'tenant' AND undone_at IS NULL
            AND NOT EXISTS (SELECT FROM merged_customer m WHERE m.tenant_id = merge.tenant_id AND m.merge_id = merge.id
                AND m.id::text = source)""",
    "a merge without its entries in the histories": """
        SELECT merge.id FROM merge WHERE tenant_id = :'tenant' AND 1 + cardinality(source_ids) <> (
            SELECT count(*) FROM customer_event e WHERE e.tenant_id = merge.tenant_id AND type = 'customer.merged'
                AND details::json ->> 'merge_id' = merge.id::text
                AND (customer_id = target_id AND customer_version = target_version OR customer_id::text = ANY (source_ids)))""",
    "an undone merge without its entries in the histories, or one that holds with them": """
        SELECT merge.id FROM merge WHERE tenant_id = :'tenant' AND
            CASE WHEN undone_at IS NULL THEN 0 ELSE 1 + cardinality(source_ids) END <> (
            SELECT count(*) FROM customer_event e WHERE e.tenant_id = merge.tenant_id AND type = 'customer.merge_undone'
                AND details::json ->> 'merge_id' = merge.id::text)""",
    "entries of a merge that is not there": """
        SELECT customer_id FROM customer_event e WHERE tenant_id = :'tenant' AND type LIKE 'customer.merge%'
            AND NOT EXISTS (SELECT FROM merge WHERE merge.tenant_id = e.tenant_id
                AND merge.id::text = details::json ->> 'merge_id')""",
    "a merge that says that more or less moved than its entry": """
        SELECT merge.id FROM merge JOIN customer_event e ON e.tenant_id = merge.tenant_id AND customer_id = target_id
            AND customer_version = target_version AND (details::json -> 'moved' ->> 'calls' <> moved_calls::text
                OR details::json -> 'moved' ->> 'orders' <> moved_orders::text)
        WHERE merge.tenant_id = :'tenant'""",
    "events with a gap or a repetition in their versions": """
        SELECT customer_id FROM customer_event WHERE tenant_id = :'tenant' GROUP BY customer_id
        HAVING min(customer_version) <> 1 OR max(customer_version) <> count(*)
            OR count(DISTINCT customer_version) <> count(*)""",
    "a customer whose version is not the number of their events": """
        SELECT id FROM customer c WHERE tenant_id = :'tenant' AND version <> (
            SELECT count(*) FROM customer_event e WHERE e.tenant_id = c.tenant_id AND customer_id = c.id)
        UNION
        SELECT id FROM merged_customer m WHERE tenant_id = :'tenant' AND (snapshot::json ->> 'version')::bigint + 1 <> (
            SELECT count(*) FROM customer_event e WHERE e.tenant_id = m.tenant_id AND customer_id = m.id)""",
    "a customer whose counts are not those of their calls": """
        SELECT c.id FROM customer c LEFT JOIN customer_call i ON i.tenant_id = c.tenant_id AND customer_id = c.id
        WHERE c.tenant_id = :'tenant' GROUP BY c.tenant_id, c.id
        HAVING call_count <> count(i.id) OR last_call_at IS DISTINCT FROM max(started_at)""",
    "a customer whose totals are not those of their orders": """
        SELECT c.id FROM customer c LEFT JOIN customer_order i ON i.tenant_id = c.tenant_id AND customer_id = c.id
        WHERE c.tenant_id = :'tenant' GROUP BY c.tenant_id, c.id
        HAVING total_orders <> count(i.id)
            OR spending_orders <> count(i.id) FILTER (WHERE i.status NOT IN ('canceled', 'refunded'))
            OR total_spent <> coalesce(sum(total) FILTER (WHERE i.status NOT IN ('canceled', 'refunded')), 0)
            OR first_order_at IS DISTINCT FROM min(placed_at) OR last_order_at IS DISTINCT FROM max(placed_at)""",
    "the answer to a merge under a key, without the merge": """
        SELECT key FROM idempotency_key k WHERE tenant_id = :'tenant' AND body::json ->> 'merge_id' IS NOT NULL
            AND NOT EXISTS (SELECT FROM merge WHERE merge.tenant_id = k.tenant_id AND merge.id::text = body::json ->> 'merge_id')""",
    "two customers of one Idempotency-Key": """
        SELECT changes::json -> 'notes' ->> 'to' AS key FROM customer_event
        WHERE tenant_id = :'tenant' AND type = 'customer.created' GROUP BY key HAVING count(*) > 1""",
} | {what: sql.replace("ITEM", item) for item, one in (("call", "a call"), ("order", "an order")) for what, sql in {
    f"{one} that belongs to somebody else than who its first customer is by now": """
        WITH RECURSIVE chain AS (
            SELECT DISTINCT origin_id, origin_id AS id FROM customer_ITEM WHERE tenant_id = :'tenant'
            UNION
            SELECT origin_id, merged_into FROM chain JOIN merged_customer m ON m.tenant_id = :'tenant' AND m.id = chain.id)
        SELECT i.id FROM customer_ITEM i WHERE tenant_id = :'tenant' AND customer_id IS DISTINCT FROM (
            SELECT c.id FROM chain JOIN customer c ON c.tenant_id = :'tenant' AND c.id = chain.id
            WHERE chain.origin_id = i.origin_id)""",
    f"{one} without exactly one entry in the history of the customer it was added to": """
        SELECT i.id FROM customer_ITEM i LEFT JOIN customer_event e ON e.tenant_id = i.tenant_id
            AND e.customer_id = origin_id AND type = 'ITEM.added' AND details::json ->> 'ITEM_id' = i.id::text
        WHERE i.tenant_id = :'tenant' GROUP BY i.id HAVING count(e.id) <> 1""",
    f"an entry of {one} that is not there": """
        SELECT customer_id FROM customer_event e WHERE tenant_id = :'tenant' AND type = 'ITEM.added' AND NOT EXISTS (
            SELECT FROM customer_ITEM i WHERE i.tenant_id = e.tenant_id AND i.id::text = details::json ->> 'ITEM_id')""",
}.items()}


class MergeVerification(Verification):
    """One reading of everything that a tenant has; what is wrong ends in `flaws` of the watch."""

    def run(self):
        writes = self.ledger.writes
        with ThreadPoolExecutor(READERS) as readers:
            list(readers.map(self._settle, [write for write in writes if write.outcome == IN_DOUBT]))
            for kind in ("create", "call", "order", "merge", "undo"):
                done = [write for write in writes if write.kind == kind and write.outcome == DONE]
                list(readers.map(self._replay, done[-REPLAYED:]))
            self.present = self._present()
            histories = dict(readers.map(self._customer, self.present))
        for what, query in CONTRADICTIONS.items():
            self._none(what, self.database.psql(query, tenant=self.tenant).split())
        self._writes(writes)
        self._requests(writes, histories)
        self._merges(histories)

    def _none(self, what, found):
        if found:
            self.watch.flaw(f"{what} ({len(found)}, as {found[0]})")

    def _settle(self, write):
        """Sends a write again until it is acknowledged or refused: the first request may still be at work."""
        until = time.monotonic() + SETTLED_WITHIN
        while write.outcome == IN_DOUBT:
            try:
                answer = MergeCaller(self._client(), self.ledger).send(write)
            except Unanswered as failure:
                return self.watch.flaw(f"a {write.kind} that is sent again is not answered: {failure}")
            if write.outcome == IN_DOUBT:
                if answer.status < 500 and answer.problem("code") != IN_PROGRESS:
                    return None  # The caller has told.
                if time.monotonic() > until:
                    return self.watch.flaw(f"a {write.kind} that is sent again is still answered {answer.status}")
                time.sleep(0.5)

    def _replay(self, write):
        try:
            answer = self._client().send("POST", write.template, write.place, body=write.body,
                                         headers={"Idempotency-Key": write.key})
        except Unanswered as failure:
            return self.watch.flaw(f"an acknowledged {write.kind} that is sent again is not answered: {failure}")
        if answer.body != write.answer or answer.headers.get("Idempotency-Replayed") != "true":
            self.watch.flaw(f"an acknowledged {write.kind} that is sent again is answered otherwise: {answer.status}")

    def _rows(self, sql):
        """Rows of a query as lists of texts."""
        return [line.split("|") for line in self.database.psql(sql, tenant=self.tenant).splitlines()]

    def _present(self):
        """For each customer who was created, the customer whose part they are by now, or themselves."""
        into = dict(self._rows("SELECT id, merged_into FROM merged_customer WHERE tenant_id = :'tenant'"))
        present = {}
        for write in self.ledger.writes:
            if write.kind == "create" and write.outcome == DONE:
                now, seen = write.answer["id"], set()
                while now in into and now not in seen:
                    seen.add(now)
                    now = into[now]
                present[write.answer["id"]] = now
        return present

    def _customer(self, customer):
        """A customer and their history, read by whoever has the id."""
        try:
            answer = self._client().send("GET", CUSTOMER, customer)
            events = self._history(customer)
        except Unanswered as failure:
            self.watch.flaw(f"a customer cannot be read: {failure}")
            return customer, []
        for flaw in flaws(customer, self.present[customer], answer, events):
            self.watch.flaw(flaw)
        return customer, events

    def _writes(self, writes):
        """Each write is there once if it was acknowledged, and not at all if it was refused."""
        items = {key: (kind, row) for kind in ("call", "order") for key, *row in self._rows(
            f"SELECT external_id, id, origin_id FROM customer_{kind} WHERE tenant_id = :'tenant'")}
        merges = {row[0]: row[1] for row in self._rows("SELECT id, undone_at FROM merge WHERE tenant_id = :'tenant'")}
        undone = {write.place for write in writes if write.kind == "undo" and write.outcome == DONE}
        acknowledged = {write.answer["merge_id"] for write in writes if write.kind == "merge" and write.outcome == DONE}
        for write in writes:
            if write.kind in ("call", "order"):
                wanted = (write.kind, [write.answer["id"], write.place]) if write.outcome == DONE else None
                if items.get(write.key) != wanted:
                    self.watch.flaw(f"a write ({write.kind}) that was {write.outcome} is "
                                    + ("there" if write.key in items else "missing"))
        known = {write.key for write in writes if write.kind in ("call", "order")}
        self._none("a call or order for which nobody asked", sorted(items.keys() - known))
        self._none("an acknowledged merge is missing", sorted(acknowledged - merges.keys()))
        self._none("a merge that was not acknowledged to anybody", sorted(merges.keys() - acknowledged))
        self._none("a merge that is undone, or not, otherwise than acknowledged",
                   sorted({merge for merge, at in merges.items() if at} ^ undone))

    def _requests(self, writes, histories):
        """Every entry is of a request that was sent, and that was not refused; all of one request are of one write."""
        asked = {request_id: write for write in writes for request_id in write.request_ids}
        done_by = collections.defaultdict(set)
        for events in histories.values():
            for event in events:
                write = asked.get(event["request_id"])
                if write is None:
                    self.watch.flaw(f"a {event['type']} for which nobody asked")
                elif write.outcome == NOT_DONE:
                    self.watch.flaw(f"a {write.kind} was refused, and it was done")
                else:
                    done_by[write.key].add(event["request_id"])
        for write in writes:
            if write.outcome == DONE and len(done_by[write.key]) != 1:
                self.watch.flaw(f"an acknowledged {write.kind} was done by {len(done_by[write.key])} requests")

    def _merges(self, histories):
        """What the target's history says of a merge is what those of its sources say."""
        sums = collections.defaultdict(lambda: [0, 0])
        for events in histories.values():
            states, _ = rebuilt(events)
            for place, event in enumerate(events, 1):
                of = (event["type"], event["details"].get("merge_id"))
                if "merged_into" in event["details"]:
                    # Before they were merged, or after they came back: what left with them, or came with them.
                    count = states[place - 1 if event["type"] == "customer.merged" else place].get("call_count", 0)
                    sums[of][0] += count
                elif of[1]:
                    change = states[place].get("call_count", 0) - states[place - 1].get("call_count", 0)
                    sums[of][1] += change if event["type"] == "customer.merged" else -change
        self._none("a merge or undo after which target and sources have other calls than before",
                   [merge for (_, merge), (sources, target) in sums.items() if sources != target])


def flaws(customer, survivor, answer, events):
    """What is wrong with one customer: whose part they are by now, the answer to GET, and the events oldest first."""
    if not events:
        yield "an acknowledged customer has no history"
        return
    states, broken = rebuilt(events)
    yield from broken
    merged = survivor != customer
    left = events[-1]["type"] == "customer.merged" and "merged_into" in events[-1]["details"]
    if left != merged:
        yield f"the last event is {events[-1]['type']}, and the customer is {'merged' if merged else 'live'}"
    if answer.status != (307 if merged else 200):
        yield f"a {'merged' if merged else 'live'} customer is answered {answer.status}"
    elif merged:
        if not answer.headers["Location"].endswith(survivor):
            yield "a merged customer is answered 307 to another one than the one whose part they are"
    else:
        differing = [field for field, value in answer.body.items()
                     if field not in BOOKKEEPING and states[-1].get(field) != value]
        if differing:
            yield f"the history leads to another state than GET answers: {', '.join(differing)}"
