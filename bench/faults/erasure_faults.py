"""Faults during erasures: the service is killed in the middle of one."""

import contextlib
import math
import subprocess
import threading
import time
import uuid

from arena import fault
from client import Client, NoResponse, Watch
from load import CUSTOMER, CUSTOMERS

ERASURE = CUSTOMER + "/erasure"
# The tables that an erasure writes, each with the condition of a row of the customer :'id'. In each one, an erasure is
# stopped once: it has written those before, in whatever order, and not those after.
TABLES = {
    "customer_event": "customer_id = :'id'",
    "customer_call": "customer_id = :'id'",
    "idempotency_key": "body LIKE '%' || :'id' || '%'",
}
READ = ("customer", "customer_event", "customer_call", "customer_order", "customer_address", "customer_account",
        "idempotency_key")


@fault("service-killed-erasing", proxied=False)
def service_killed_erasing(arena):
    """kill -9 of the service in the middle of an erasure, once for each of three tables; each time restarted at once."""
    persons = Persons(arena)
    with arena.load():
        arena.may_lose_from = -math.inf
        for table, condition in TABLES.items():
            person = persons.create()
            before = persons.rows(person)
            with persons.locked(table, condition, person):
                erasure = threading.Thread(target=persons.try_to_erase, args=(person,))
                erasure.start()
                arena.check(persons.erasure_waits(), f"no erasure waited for {table}")
                arena.service.kill_9()
                erasure.join()
            arena.service.start()
            arena.service.wait("/q/health/ready")
            arena.over()
            arena.check(persons.rows(person) == before, f"half of an erasure was written before {table}")
            arena.check(persons.erase(person) == 200, "an erasure that was interrupted could not be repeated")
            arena.check(not persons.rows_with_marker(person), "an erasure that was acknowledged left something")
            time.sleep(arena.seconds / 3)
    arena.note(f"{len(TABLES)} erasures interrupted; nothing of them was written, and all of them when repeated")


class Persons:
    """Persons of a tenant of their own, whom the verification of the load does not expect to be erased."""

    def __init__(self, arena):
        self.arena, self.database, self.tenant = arena, arena.database, "erased"
        self.token = arena.world.token(tenant=self.tenant)
        self.watch = Watch(arena.watch.documented)

    def _send(self, method, template, customer="", body=None, key=None):
        client = Client(self.arena.service.port, self.token, self.watch)
        headers = {"Idempotency-Key": key} if key else None
        response = client.send(method, template, customer, body=body, headers=headers)
        self.arena.watch.flaws.update(self.watch.flaws)
        self.watch.flaws.clear()
        return response

    def create(self):
        """Creates a person with a marker in all texts; returns its id and the marker."""
        marker = "mk" + uuid.uuid4().hex
        person = {"name": marker, "external_id": marker, "email": marker + "@example.com", "notes": marker}
        customer = self._send("POST", CUSTOMERS, body=person, key=str(uuid.uuid4())).body["id"]
        for items, item in (("calls", {"notes": marker}), ("orders", {"number": marker, "total": 1}),
                            ("addresses", {"line1": marker})):
            self._send("POST", CUSTOMER + "/" + items, customer, item, key=str(uuid.uuid4()))
        return customer, marker

    def erase(self, person):
        return self._send("POST", ERASURE, person[0]).status

    def try_to_erase(self, person):
        with contextlib.suppress(NoResponse):
            self.arena.check(self.erase(person) >= 500, "an erasure did not wait for a locked row")

    def rows(self, person):
        """All rows of the person."""
        return "\n".join(self.database.psql(
            f"SELECT row_to_json(t) FROM {table} t WHERE row_to_json(t)::text LIKE '%' || :'id' || '%'"
            " OR row_to_json(t)::text LIKE '%' || :'marker' || '%' ORDER BY row_to_json(t)::text",
            id=person[0], marker=person[1]) for table in READ)

    def rows_with_marker(self, person):
        return person[1] in self.rows(person)

    @contextlib.contextmanager
    def locked(self, table, condition, person):
        """Locks the person's rows of a table in another session of the database."""
        session = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-h", "127.0.0.1", "-p", str(self.database.port),
                                    "-U", "clientela", "-d", "clientela", "-v", f"id={person[0]}"],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            session.stdin.write(f"BEGIN;\nSELECT 'locked' FROM {table} WHERE tenant_id = '{self.tenant}' AND {condition}"
                                " LIMIT 1 FOR UPDATE;\n")
            session.stdin.flush()
            assert session.stdout.readline().strip() == "locked"
            yield
        finally:
            session.communicate("ROLLBACK;\n")

    def erasure_waits(self):
        """Waits until a transaction waits for the locked row; it does so for 3 s (lock_timeout)."""
        for _ in range(100):
            waiting = self.database.psql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                         " AND wait_event IN ('transactionid', 'tuple') AND query LIKE 'UPDATE %'"
                                         " AND pid IN (SELECT pid FROM pg_locks WHERE NOT granted)").strip()
            if waiting != "0":
                return True
            time.sleep(0.02)
        return False
